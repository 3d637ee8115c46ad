package dev.netstack4j.systemtests.kits.socket;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.runtime.Cpu;
import jakarta.inject.Inject;

/// Receives the frames of the reference datagrams.
final class RefInput implements PacketHandler {
    private final RefPart part;

    @Inject
    RefInput(RefPart part) {
        this.part = part;
    }

    @Override
    public void receive(SkBuff skb, NetDevice device, NetDevice original, Cpu cpu) {
        if (!skb.mayPull(RefFrames.HEADER, cpu)) {
            skb.drop(part.bad, cpu);
            return;
        }
        int at = skb.data();
        int to = skb.get16(at);
        int length = skb.get16(at + 4);
        skb.pull(RefFrames.HEADER);
        if (part.is(Defect.TRUSTS_LENGTH)) {
            skb.read(0, new byte[length], 0, length);
        }
        RefSock s = part.find(false, to);
        if (s == null || length > skb.length()) {
            skb.drop(s == null ? part.closed : part.bad, cpu);
            return;
        }
        skb.trim(length, cpu);
        s.deliver(skb, cpu);
    }
}

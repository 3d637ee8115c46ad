package dev.netstack4j.systemtests.drivers;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.link.PacketTypes;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.stack.Stack;
import java.util.ArrayList;
import java.util.List;

/// What the driver hands up, each frame as it was in that moment.
final class Seen implements PacketHandler {
    private static final int HEADER = 14;

    private final ConsumeReason done;
    private final Registration registration;
    private final List<Frame> frames = new ArrayList<>();

    /// A received frame.
    ///
    /// @param bytes from the link-layer header on; a tag that stood in them is taken out
    /// @param type  at bytes 12 and 13 of the header that the device wrote
    /// @param tag   VLAN tag, or -1
    record Frame(
            byte[] bytes,
            int type,
            ChecksumState checksum,
            int tag,
            int hash,
            boolean hashOfPorts,
            int queue,
            int cpu) {}

    Seen(Stack stack, NetDevice card) {
        done = stack.packets().ledger().consume("SUITE_SEEN", "looked at by a test");
        registration = stack.service(PacketTypes.class).add(EtherType.ALL, card, this, "driver suite");
    }

    @Override
    public void receive(SkBuff skb, NetDevice device, NetDevice original, Cpu cpu) {
        if (skb.kind() != PacketKind.OUTGOING) {
            note(skb, cpu);
        }
        skb.consume(done, cpu);
    }

    private void note(SkBuff skb, Cpu cpu) {
        byte[] bytes = new byte[HEADER + skb.length()];
        for (int i = 0; i < HEADER; i++) {
            bytes[i] = (byte) skb.get8(skb.macHeader() + i);
        }
        int type = skb.get16(skb.macHeader() + 12);
        bytes[12] = (byte) (skb.protocol() >>> 8);
        bytes[13] = (byte) skb.protocol();
        skb.read(0, bytes, HEADER, skb.length());
        Frame frame = new Frame(
                bytes,
                type,
                skb.checksumState(),
                skb.vlanPresent() ? skb.vlanTci() : -1,
                skb.hash(),
                skb.hashIsL4(),
                skb.queueMapping(),
                cpu.id());
        synchronized (frames) {
            frames.add(frame);
        }
    }

    int count() {
        synchronized (frames) {
            return frames.size();
        }
    }

    /// All so far; they are forgotten here.
    List<Frame> take() {
        synchronized (frames) {
            List<Frame> all = List.copyOf(frames);
            frames.clear();
            return all;
        }
    }

    void close() {
        registration.close();
    }
}

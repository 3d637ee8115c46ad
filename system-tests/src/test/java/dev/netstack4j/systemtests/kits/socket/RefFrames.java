package dev.netstack4j.systemtests.kits.socket;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Message;
import jakarta.inject.Inject;

/// Frames of the reference datagrams: Ethernet, then port of the receiver, port of the sender, length, data.
final class RefFrames {
    static final int HEADER = 6;
    private static final int ROOM = 64;

    private final SkBuffPool pool;
    private final LinkLayer link;
    private final NetDevices devices;
    private final RefPart part;

    @Inject
    RefFrames(SkBuffPool pool, LinkLayer link, NetDevices devices, RefPart part) {
        this.pool = pool;
        this.link = link;
        this.devices = devices;
        this.part = part;
    }

    int send(RefSock s, Message message, int to, Cpu cpu) {
        int length = (int) message.remaining();
        NetDevice device = devices.byName(to >= RefAddress.AWAY ? "kit0" : "lo");
        if (device == null) {
            return Errno.ENETUNREACH.negative();
        }
        SkBuff skb = pool.alloc(ROOM + length, cpu);
        if (skb == null) {
            if (part.is(Defect.NEEDS_MEMORY)) {
                throw new IllegalStateException("no memory");
            }
            return Errno.ENOBUFS.negative();
        }
        skb.reserve(ROOM);
        message.copyTo(skb.memory(), skb.addressOf(skb.put(length)), length);
        header(skb, s.port, to, length, device);
        if (!part.is(Defect.SENDS_FREE)) {
            s.context().ownerWrite(skb);
        }
        link.devQueueXmit(skb, cpu);
        return part.is(Defect.COUNTS_WRONG) ? length + 1 : length;
    }

    private static void header(SkBuff skb, int from, int to, int length, NetDevice device) {
        int at = skb.push(HEADER);
        skb.put16(at, to);
        skb.put16(at + 2, from);
        skb.put16(at + 4, length);
        skb.resetNetworkHeader();
        long mac = device.macAddress().bits();
        EthernetHeader.write(skb, skb.push(EthernetHeader.LENGTH), mac, mac, RefSocketModule.ETHER_TYPE);
        skb.resetMacHeader();
        skb.dev(device);
    }
}

package dev.netstack4j.nic.tap;

import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.linux.tap.CallState;
import dev.netstack4j.linux.tap.IoVectors;
import dev.netstack4j.linux.tap.Tap;
import dev.netstack4j.linux.tap.TapSettings;
import org.jspecify.annotations.Nullable;

/// Reads packets from the TAP, each with one system call to where its bytes stay: the first ones in a buffer of the
/// usual size, the rest of a long one in a page that becomes its fragment. Within the poll.
final class TapReceiver {
    private static final int LEAST_PACKET = 20;
    private static final int FIRST = 2048;
    private static final int PAGE = 65536;

    private final SkBuffPool pool;
    private final TapNicReasons reasons;
    private final int fd;
    private final CallState state;
    private final VirtioHeader header;
    private final IoVectors places;
    private final int headerLength;
    private final long memory;
    private final boolean wantsPages;
    private final boolean ethernet;
    private @Nullable SkBuff buffer;
    private @Nullable SkBuff page;
    long packets;
    long bytes;
    long noMemory;
    int failure;

    TapReceiver(Tap tap, TapSettings settings, SkBuffPool pool, TapNicReasons reasons, long memory) {
        boolean headers = settings.headers();
        ethernet = settings.ethernet();
        this.pool = pool;
        this.reasons = reasons;
        this.memory = memory;
        fd = tap.fd();
        state = new CallState(tap.arena());
        header = new VirtioHeader(tap.arena());
        places = new IoVectors(tap.arena(), 3);
        headerLength = headers ? VirtioHeader.LENGTH : 0;
        wantsPages = headers || settings.mtu() + EthernetHeader.LENGTH > FIRST;
        if (headers) {
            places.add(header.address(), headerLength);
        }
    }

    /// Reads one packet.
    ///
    /// @return the packet, its link-layer header pulled; null when there is none ([#failure] says why)
    @Nullable
    SkBuff read(NetDevice device, Cpu cpu) {
        SkBuff skb = spareBuffer(cpu);
        SkBuff rest = wantsPages ? sparePage(cpu) : null;
        if (skb == null || wantsPages && rest == null) {
            noMemory++;
            failure = 0;
            return null;
        }
        aim(skb, rest);
        int n = places.read(state, fd) - headerLength;
        if (n < 0) {
            failure = n + headerLength;
            return null;
        }
        buffer = null;
        return finish(skb, rest, n, device, cpu);
    }

    private void aim(SkBuff skb, @Nullable SkBuff rest) {
        places.keep(headerLength > 0 ? 1 : 0);
        places.add(memory + skb.addressOf(skb.tail()), FIRST);
        if (rest != null) {
            places.add(memory + rest.addressOf(rest.tail()), PAGE);
        }
    }

    private @Nullable SkBuff finish(SkBuff skb, @Nullable SkBuff rest, int n, NetDevice device, Cpu cpu) {
        skb.put(Math.min(n, FIRST));
        if (n > FIRST && rest != null) {
            rest.put(n - FIRST);
            page = null;
            skb.absorb(rest, 0, reasons.joined, cpu);
        }
        if (n < (ethernet ? EthernetHeader.LENGTH : LEAST_PACKET)) {
            skb.drop(reasons.runt, cpu);
            return null;
        }
        if (headerLength > 0) {
            header.apply(skb);
        }
        packets += Math.max(1, skb.gsoSegments());
        bytes += n;
        if (ethernet) {
            EthernetHeader.typeTrans(skb, device);
        } else {
            barePacket(skb, device);
        }
        return skb;
    }

    @Linux("drivers/net/tun.c#tun_get_user")
    private static void barePacket(SkBuff skb, NetDevice device) {
        boolean six = skb.get8(skb.data()) >> 4 == 6;
        skb.dev(device);
        skb.resetMacHeader();
        skb.kind(PacketKind.HOST);
        skb.protocol(six ? EtherType.IPV6 : EtherType.IPV4);
    }

    private @Nullable SkBuff spareBuffer(Cpu cpu) {
        SkBuff skb = buffer;
        if (skb == null) {
            skb = pool.allocRx(FIRST, cpu);
            buffer = skb;
        }
        return skb;
    }

    private @Nullable SkBuff sparePage(Cpu cpu) {
        SkBuff skb = page;
        if (skb == null) {
            skb = pool.alloc(PAGE, cpu);
            page = skb;
        }
        return skb;
    }

    /// Gives spare buffers back. No poll runs.
    void end(Cpu cpu) {
        SkBuff skb = buffer;
        if (skb != null) {
            buffer = null;
            skb.consume(reasons.spare, cpu);
        }
        SkBuff rest = page;
        if (rest != null) {
            page = null;
            rest.consume(reasons.spare, cpu);
        }
    }
}

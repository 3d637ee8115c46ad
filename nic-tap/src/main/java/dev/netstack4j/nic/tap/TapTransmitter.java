package dev.netstack4j.nic.tap;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.linux.tap.CallState;
import dev.netstack4j.linux.tap.IoVectors;
import dev.netstack4j.linux.tap.Tap;

/// Writes packets to the TAP, each with one system call from where its bytes lie. Under the transmit lock.
final class TapTransmitter {
    private static final int PLACES = SkBuff.MAX_FRAGS + 2;

    private final int fd;
    private final CallState state;
    private final VirtioHeader header;
    private final IoVectors places;
    private final int headers;
    private final long memory;
    long packets;
    long bytes;
    long refused;

    /// @param memory address of the host's memory
    TapTransmitter(Tap tap, boolean headers, long memory) {
        fd = tap.fd();
        state = new CallState(tap.arena());
        header = new VirtioHeader(tap.arena());
        places = new IoVectors(tap.arena(), PLACES);
        this.headers = headers ? 1 : 0;
        this.memory = memory;
        if (headers) {
            places.add(header.address(), VirtioHeader.LENGTH);
        }
    }

    /// Writes one packet.
    ///
    /// @return bytes, or a negative error
    int write(SkBuff skb) {
        if (headers > 0) {
            header.describe(skb);
        }
        places.keep(headers);
        places.add(memory + skb.dataAddress(), skb.headLength());
        for (int i = 0; i < skb.frags(); i++) {
            places.add(memory + skb.fragAddress(i), skb.fragLength(i));
        }
        int result = places.write(state, fd);
        if (result >= 0) {
            packets += Math.max(1, skb.gsoSegments());
            bytes += skb.length();
        }
        return result;
    }

    /// Whether the host has no room now.
    static boolean isFull(int result) {
        return result == Errno.EAGAIN.negative() || result == Errno.ENOBUFS.negative();
    }
}

package dev.netstack4j.proto.ipv4.raw;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Makes packets of a user's bytes. What does not fit into a block of 32 KiB goes into one page behind it.
@Linux("net/core/sock.c#sock_alloc_send_pskb")
public final class PacketMaker {
    /// Room for an IPv4 header and everything below.
    static final int HEADROOM = 96;
    private static final int MOST_LINEAR = 32768 - HEADROOM;

    private final SkBuffPool pool;
    private final IpReasons reasons;

    /// From the pool.
    @Inject
    public PacketMaker(SkBuffPool pool, IpReasons reasons) {
        this.pool = pool;
        this.reasons = reasons;
    }

    /// A packet of the next `length` bytes of a message.
    ///
    /// @return null when memory is short; the message has not moved then
    @Nullable
    SkBuff make(Message message, int length, Cpu cpu) {
        int linear = Math.min(length, MOST_LINEAR);
        SkBuff skb = pool.alloc(HEADROOM + linear, cpu);
        if (skb == null) {
            return null;
        }
        skb.reserve(HEADROOM);
        int at = skb.put(linear);
        int rest = length - linear;
        if (rest > 0 && !skb.addFragPage(rest, cpu)) {
            skb.drop(reasons.noMemory, cpu);
            return null;
        }
        message.copyTo(pool.memory(), skb.addressOf(at), linear);
        if (rest > 0) {
            message.copyTo(pool.memory(), skb.appendToFrag(rest), rest);
        }
        return skb;
    }
}

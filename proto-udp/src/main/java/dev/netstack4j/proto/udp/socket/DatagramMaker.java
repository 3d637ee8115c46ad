package dev.netstack4j.proto.udp.socket;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.proto.udp.accounting.UdpReasons;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Makes packets of a user's bytes. What does not fit into a block of 32 KiB goes into one page behind it.
@Linux("net/core/sock.c#sock_alloc_send_pskb")
public final class DatagramMaker {
    private static final int MOST_LINEAR = 32768;

    private final SkBuffPool pool;
    private final UdpReasons reasons;

    /// From the pool.
    @Inject
    public DatagramMaker(SkBuffPool pool, UdpReasons reasons) {
        this.pool = pool;
        this.reasons = reasons;
    }

    /// A packet of the next `length` bytes of a message.
    ///
    /// @return null when memory is short; the message has not moved then
    @Nullable
    SkBuff make(Message message, int length, int headroom, Cpu cpu) {
        int linear = Math.min(length, MOST_LINEAR - headroom);
        SkBuff skb = pool.alloc(headroom + linear, cpu);
        if (skb == null) {
            return null;
        }
        skb.reserve(headroom);
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

package dev.netstack4j.core.net.neighbour;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Rfc;
import org.jspecify.annotations.Nullable;

/// Packets that wait for one address. When there are too many the oldest goes. Guarded by the entry's lock.
@Rfc("4861#7.2.2")
final class WaitingPackets {
    private final SkBuffQueue packets = new SkBuffQueue();
    private int bytes;

    /// Adds a packet.
    ///
    /// @param pushedOut gets those that have no room any more
    void add(SkBuff skb, NeighbourSettings limits, SkBuffQueue pushedOut) {
        bytes += skb.truesize();
        packets.addTail(skb);
        while (packets.length() > 1 && (bytes > limits.queueBytes() || packets.length() > limits.queuePackets())) {
            SkBuff oldest = packets.poll();
            if (oldest != null) {
                bytes -= oldest.truesize();
                pushedOut.addTail(oldest);
            }
        }
    }

    /// The packet that waits longest, left in place; null without one.
    @Nullable
    SkBuff first() {
        return packets.peek();
    }

    /// Moves all to `into`.
    void takeAll(SkBuffQueue into) {
        bytes = 0;
        into.appendAll(packets);
    }
}

package dev.netstack4j.proto.tcp.net;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// One direction of a pipe: delays, loses, repeats and reorders by a seed; or keeps segments for a script to look at.
public final class Wire {
    private final SplittableRandom random;
    private final List<Flying> flying = new ArrayList<>();
    /// Delay of each segment.
    public long delayNanos = 10_000_000L;
    /// Share of segments that are lost.
    public double loss;
    /// Share of segments that come twice.
    public double duplicate;
    /// Share of segments that are held back for up to twice the delay.
    public double reorder;
    /// Time that a segment takes to be sent, for each byte.
    public double nanosPerByte;
    /// Segments that may wait to be sent; more are dropped and the sender is told.
    public int queueLimit = Integer.MAX_VALUE;
    /// Drops what it says.
    public java.util.function.Predicate<Segment> drop = s -> false;
    /// Segments that entered.
    public final List<Segment> log = new ArrayList<>();
    /// Whether `log` is kept.
    public boolean logging;
    private long sequence;
    private long freeAt;

    Wire(long seed) {
        random = new SplittableRandom(seed);
    }

    record Flying(long at, long order, byte[] packet) {}

    /// @return whether it fits in the queue
    boolean send(byte[] packet, long now) {
        Segment s = Segment.parse(packet, 20, now);
        if (logging) {
            log.add(s);
        }
        if (queued(now) >= queueLimit) {
            return false;
        }
        freeAt = Math.max(freeAt, now) + (long) (packet.length * nanosPerByte);
        if (drop.test(s) || random.nextDouble() < loss) {
            return true;
        }
        put(packet, freeAt);
        if (random.nextDouble() < duplicate) {
            put(packet, freeAt);
        }
        return true;
    }

    private int queued(long now) {
        double perPacket = Math.max(1, 1500 * nanosPerByte);
        return (int) (Math.max(0, freeAt - now) / perPacket);
    }

    private void put(byte[] packet, long sentAt) {
        long extra = random.nextDouble() < reorder ? (long) (random.nextDouble() * 2 * delayNanos) : 0;
        flying.add(new Flying(sentAt + delayNanos + extra, sequence++, packet));
    }

    long nextNanos() {
        long next = Long.MAX_VALUE;
        for (Flying f : flying) {
            next = Math.min(next, f.at);
        }
        return next;
    }

    /// Takes what has arrived, in order of arrival.
    List<byte[]> take(long now) {
        List<Flying> due = new ArrayList<>();
        for (Flying f : flying) {
            if (f.at <= now) {
                due.add(f);
            }
        }
        flying.removeAll(due);
        due.sort((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
        return due.stream().map(Flying::packet).toList();
    }
}

package dev.netstack4j.api.device;

import dev.netstack4j.api.doc.Linux;

/// When a device interrupts after something happened, in nanoseconds; 0 means at once. A delay begins anew with every
/// packet, and its longest value counts from the first one, so that a steady stream cannot put the interrupt off for
/// ever; 0 there sets no such limit.
@Linux("include/uapi/linux/ethtool.h#ethtool_coalesce")
public final class CoalesceParameters {
    /// Nothing is put off.
    public static final CoalesceParameters NONE = new CoalesceParameters(0, 0, 0, 0, 0);

    private final long interval;
    private final long rxDelay;
    private final long rxLongest;
    private final long txDelay;
    private final long txLongest;

    private CoalesceParameters(long interval, long rxDelay, long rxLongest, long txDelay, long txLongest) {
        this.interval = interval;
        this.rxDelay = rxDelay;
        this.rxLongest = rxLongest;
        this.txDelay = txDelay;
        this.txLongest = txLongest;
    }

    /// Least time between two interrupts.
    public long intervalNanos() {
        return interval;
    }

    /// From the last packet received to the interrupt.
    public long rxDelayNanos() {
        return rxDelay;
    }

    /// From the first packet received to the interrupt, at most.
    public long rxLongestNanos() {
        return rxLongest;
    }

    /// From the last packet sent to the interrupt.
    public long txDelayNanos() {
        return txDelay;
    }

    /// From the first packet sent to the interrupt, at most.
    public long txLongestNanos() {
        return txLongest;
    }

    /// The same with another interval.
    public CoalesceParameters withInterval(long nanos) {
        return new CoalesceParameters(nanos, rxDelay, rxLongest, txDelay, txLongest);
    }

    /// The same with another delay of received packets.
    public CoalesceParameters withRx(long delayNanos, long longestNanos) {
        return new CoalesceParameters(interval, delayNanos, longestNanos, txDelay, txLongest);
    }

    /// The same with another delay of sent packets.
    public CoalesceParameters withTx(long delayNanos, long longestNanos) {
        return new CoalesceParameters(interval, rxDelay, rxLongest, delayNanos, longestNanos);
    }
}

package com.example.red;

import dev.netstack4j.api.runtime.RandomStream;

/// Decides by the average length of the queue which packet is dropped before the queue is full.
final class EarlyDrop {
    private static final double WEIGHT = 1.0 / 512;
    private static final double IDLE_PACKETS_PER_SECOND = 10_000;

    private final double min;
    private final double max;
    private final double most;
    private final RandomStream random;
    private double average;
    private int sinceLast;

    /// @param most probability of a drop just below `max`
    EarlyDrop(long min, long max, double most, RandomStream random) {
        this.min = min;
        this.max = max;
        this.most = most;
        this.random = random;
    }

    /// A packet comes and finds `bytes` in the queue.
    ///
    /// @return whether it is to be dropped
    boolean drops(long bytes) {
        average += (bytes - average) * WEIGHT;
        if (average < min) {
            sinceLast = 0;
            return false;
        }
        boolean drop = average >= max || random.nextDouble() < probability();
        sinceLast = drop ? 0 : sinceLast + 1;
        return drop;
    }

    /// Grows with the average, and with the packets that passed since the last drop, so that drops are spread evenly.
    private double probability() {
        double p = most * (average - min) / (max - min);
        return sinceLast * p < 1 ? p / (1 - sinceLast * p) : 1;
    }

    /// The queue was empty for so long: the average falls as if small packets had found it empty.
    void idle(long nanos) {
        average *= Math.pow(1 - WEIGHT, nanos / 1e9 * IDLE_PACKETS_PER_SECOND);
    }

    /// Forgets everything.
    void reset() {
        average = 0;
        sinceLast = 0;
    }

    /// The average in bytes.
    long average() {
        return Math.round(average);
    }
}

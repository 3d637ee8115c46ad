package dev.netstack4j.qdisc.tbf;

/// A bucket that fills at a rate. Whole numbers only: the unit of its content is a billionth of a byte, of which `rate`
/// arrive in each nanosecond, so nothing is ever rounded away and the rate holds exactly over any time.
final class TokenBucket {
    /// Largest rate in bytes a second: 1000 Gbit/s.
    static final long MOST_RATE = 125_000_000_000L;
    /// Largest bucket in bytes.
    static final long MOST_BURST = 1L << 32;

    private static final long UNIT = 1_000_000_000;

    private long rate;
    private long full;
    private long content;
    private long filledAt;

    /// A full bucket.
    ///
    /// @param rate  bytes a second, 1 to [#MOST_RATE]
    /// @param burst bytes that it holds, 1 to [#MOST_BURST]
    TokenBucket(long rate, long burst, long nowNanos) {
        this.rate = rate;
        full = burst * UNIT;
        content = full;
        filledAt = nowNanos;
    }

    /// New values from now on. What has accrued stays, as far as it fits.
    void change(long newRate, long newBurst, long nowNanos) {
        fill(nowNanos);
        rate = newRate;
        full = newBurst * UNIT;
        content = Math.min(content, full);
    }

    /// Makes it full.
    void reset(long nowNanos) {
        content = full;
        filledAt = nowNanos;
    }

    /// Adds what has arrived since the last call. Time that goes backwards (another CPU's batch time) adds nothing.
    void fill(long nowNanos) {
        long passed = nowNanos - filledAt;
        if (passed <= 0) {
            return;
        }
        filledAt = nowNanos;
        long missing = full - content;
        // The division keeps passed * rate from overflowing after a long pause.
        content = passed > missing / rate ? full : content + passed * rate;
    }

    /// Whether a packet of `bytes` may pass now. One that is longer than the bucket (which can only be there after a
    /// change) passes when the bucket is full, and leaves a debt.
    boolean allows(long bytes) {
        return content >= needed(bytes);
    }

    /// Takes the tokens of a packet.
    void take(long bytes) {
        content -= bytes * UNIT;
    }

    /// The first nanosecond at which [#allows] says yes.
    long readyAt(long bytes) {
        long missing = needed(bytes) - content;
        return missing <= 0 ? filledAt : filledAt + (missing + rate - 1) / rate;
    }

    /// What is in it, as the time that it took to arrive.
    long contentNanos() {
        return Math.floorDiv(content, rate);
    }

    private long needed(long bytes) {
        return Math.min(bytes * UNIT, full);
    }
}

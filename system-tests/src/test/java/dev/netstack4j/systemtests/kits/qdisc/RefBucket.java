package dev.netstack4j.systemtests.kits.qdisc;

/// Tokens in billionths of a byte.
final class RefBucket {
    private static final long UNIT = 1_000_000_000L;

    private long rate;
    private long full;
    private long tokens;
    private long at;

    RefBucket(long rate, long burst, long now) {
        this.rate = rate;
        full = burst * UNIT;
        tokens = full;
        at = now;
    }

    void change(long newRate, long newBurst) {
        rate = newRate;
        full = newBurst * UNIT;
        tokens = Math.min(tokens, full);
    }

    void fill(long now, Defect defect) {
        long passed = Math.max(0, now - at);
        at = Math.max(at, now);
        long accrued = passed * rate;
        if (defect == Defect.TOO_SLOW) {
            accrued -= accrued / 20;
        }
        tokens += accrued;
        if (defect != Defect.FULL_AFTER_PAUSE) {
            tokens = Math.min(tokens, full);
        }
    }

    private long needed(int bytes, Defect defect) {
        long needed = Math.min(bytes * UNIT, full);
        return defect == Defect.TOKEN_EARLY ? needed / 2 : needed;
    }

    boolean allows(int bytes, Defect defect) {
        return tokens >= needed(bytes, defect);
    }

    void take(int bytes) {
        tokens -= bytes * UNIT;
    }

    long readyAt(int bytes, Defect defect) {
        long missing = needed(bytes, defect) - tokens;
        return missing <= 0 ? at : at + (missing + rate - 1) / rate;
    }

    void reset(long now) {
        tokens = full;
        at = now;
    }
}

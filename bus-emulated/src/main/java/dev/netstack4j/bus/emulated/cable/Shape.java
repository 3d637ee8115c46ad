package dev.netstack4j.bus.emulated.cable;

/// What one direction of a cable does to frames.
///
/// @param rate    bits a second, 0 for no limit
/// @param delay   nanoseconds
/// @param loss    share of the frames
/// @param corrupt share of the frames
/// @param limit   bytes that may wait for the rate
record Shape(long rate, long delay, double loss, double corrupt, long limit) {
    /// Preamble and start delimiter 8, check sequence 4, gap 12.
    static final int OVERHEAD = 24;

    private static final long LEAST_MEMORY = 1 << 20;
    private static final long MOST_MEMORY = 64 << 20;
    private static final long UNLIMITED_MEMORY = 16 << 20;

    /// Whether frames are handed over as they are, in the sender's turn.
    boolean isDirect() {
        return rate == 0 && delay == 0 && loss == 0 && corrupt == 0;
    }

    /// How long so many bytes of a frame take.
    long nanosFor(long bytes) {
        return rate == 0 ? 0 : (long) ((double) ((bytes + OVERHEAD) * 8) * 1e9 / (double) rate);
    }

    /// Bytes of memory for the frames under way.
    long memory() {
        if (rate == 0) {
            return delay == 0 ? LEAST_MEMORY : UNLIMITED_MEMORY;
        }
        double underWay = (double) rate / 8 * ((double) delay / 1e9) * 1.5 + (double) limit * 2;
        return Math.clamp((long) underWay, LEAST_MEMORY, MOST_MEMORY) & -64L;
    }
}

package dev.netstack4j.qdisc.tbf;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Options;

/// What the options come to.
///
/// @param rate      bytes a second
/// @param burst     bytes of the bucket
/// @param limit     most bytes held
/// @param peakRate  bytes a second within a burst; 0 when there is no such bound
/// @param peakBurst bytes of the peak rate's bucket
record TbfSettings(long rate, long burst, long limit, long peakRate, long peakBurst) {
    /// Longest packet that the stack makes (a super-frame before segmentation), with headers: default buckets let it
    /// pass.
    static final long LONGEST_PACKET = 66 << 10;

    private static final long DEFAULT_BURST_NANOS = 4_000_000;
    private static final long MOST_DEFAULT_LIMIT = 32 << 20;
    private static final long NANOS = 1_000_000_000;

    static TbfSettings of(Options options) throws NetException {
        long rate = bytesPerSecond(options.get(TbfOptions.RATE), "rate");
        long burst = burst(options, rate);
        long peakBits = options.get(TbfOptions.PEAK_RATE);
        long peakRate = peakBits == 0 ? 0 : bytesPerSecond(peakBits, "peakrate");
        if (peakRate != 0 && peakRate <= rate) {
            throw invalid("peakrate must be above rate");
        }
        return new TbfSettings(rate, burst, limit(options, rate, burst), peakRate, peakBurst(options));
    }

    /// Longest packet that can ever leave.
    long longestPacket() {
        return peakRate == 0 ? burst : Math.min(burst, peakBurst);
    }

    private static long bytesPerSecond(long bits, String name) throws NetException {
        long bytes = bits / 8;
        if (bytes < 1 || bytes > TokenBucket.MOST_RATE) {
            throw invalid(name + " must lie between 8bit and 1000gbit, not " + bits + "bit");
        }
        return bytes;
    }

    private static long burst(Options options, long rate) throws NetException {
        long given = bucket(options.get(TbfOptions.BURST), "burst");
        return given > 0 ? given : Math.max(LONGEST_PACKET, share(rate, DEFAULT_BURST_NANOS));
    }

    private static long peakBurst(Options options) throws NetException {
        long given = bucket(options.get(TbfOptions.MTU), "mtu");
        return given > 0 ? given : LONGEST_PACKET;
    }

    private static long bucket(long bytes, String name) throws NetException {
        if (bytes < 0 || bytes > TokenBucket.MOST_BURST) {
            throw invalid(name + " must be at most 4g, not " + bytes);
        }
        return bytes;
    }

    private static long limit(Options options, long rate, long burst) throws NetException {
        long limit = options.get(TbfOptions.LIMIT);
        if (limit > 0 && options.has(TbfOptions.LATENCY)) {
            throw invalid("give limit or latency, not both");
        }
        if (limit != 0) {
            return limit;
        }
        long latency = options.get(TbfOptions.LATENCY);
        if (latency < 0 || latency > 100 * NANOS) {
            throw invalid("latency must be at most 100s");
        }
        long sum = share(rate, latency) + burst;
        return options.has(TbfOptions.LATENCY) ? sum : Math.min(sum, MOST_DEFAULT_LIMIT);
    }

    /// Bytes that pass at `rate` in `nanos`, which is at most 100 s.
    private static long share(long rate, long nanos) {
        return rate / NANOS * nanos + rate % NANOS * nanos / NANOS;
    }

    private static NetException invalid(String problem) {
        return new NetException(Errno.EINVAL, "set up tbf: " + problem);
    }
}

package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.RandomStream;
import dev.netstack4j.api.runtime.RandomStreams;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/// Random streams from one seed: SplitMix64, one state per purpose. Any thread.
final class Streams implements RandomStreams {
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private final long seed;
    private final Map<String, RandomStream> streams = new TreeMap<>();

    Streams(long seed) {
        this.seed = seed;
    }

    @Override
    public RandomStream stream(String purpose) {
        synchronized (streams) {
            return streams.computeIfAbsent(purpose, p -> new Stream(mix(seed ^ hash(p))));
        }
    }

    static long hash(String text) {
        long h = 1469598103934665603L;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * 1099511628211L;
        }
        return h;
    }

    static long mix(long z0) {
        long z = (z0 ^ z0 >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }

    private static final class Stream implements RandomStream {
        private final AtomicLong state;

        Stream(long start) {
            state = new AtomicLong(start);
        }

        @Override
        public long nextLong() {
            return mix(state.addAndGet(GOLDEN));
        }

        @Override
        public int nextInt(int bound) {
            return (int) ((nextLong() >>> 33) * bound >>> 31);
        }

        @Override
        public double nextDouble() {
            return (nextLong() >>> 11) * 0x1.0p-53;
        }
    }
}

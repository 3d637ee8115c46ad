package dev.netstack4j.testkit.fake;

import dev.netstack4j.api.runtime.RandomStream;
import dev.netstack4j.api.runtime.RandomStreams;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Random streams from one seed.
public final class FakeRandom implements RandomStreams {
    private final long seed;
    private final Map<String, RandomStream> streams = new TreeMap<>();

    /// From a seed.
    public FakeRandom(long seed) {
        this.seed = seed;
    }

    @Override
    public RandomStream stream(String purpose) {
        return streams.computeIfAbsent(purpose, p -> new Stream(new SplittableRandom(seed ^ p.hashCode())));
    }

    private static final class Stream implements RandomStream {
        private final SplittableRandom random;

        Stream(SplittableRandom random) {
            this.random = random;
        }

        @Override
        public long nextLong() {
            return random.nextLong();
        }

        @Override
        public int nextInt(int bound) {
            return random.nextInt(bound);
        }

        @Override
        public double nextDouble() {
            return random.nextDouble();
        }
    }
}

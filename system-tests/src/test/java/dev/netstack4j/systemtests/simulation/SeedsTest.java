package dev.netstack4j.systemtests.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// [ThreeHosts] for many seeds. Every run is judged: byte-exact files, balanced books, no packet left. All ten
/// thousand: `mvn -Pnightly -pl system-tests -am test -Dtest=SeedsTest -Dsurefire.failIfNoSpecifiedTests=false`. Replay
/// one: `mvn -pl system-tests -am test -Dtest=SeedsTest#oneSeed -Dsurefire.failIfNoSpecifiedTests=false
/// -Dnetstack.seed=N`.
class SeedsTest {
    private static final int WORKERS = 2;
    private static final int TOLD = 500;
    private static final int ORDINARY = 200;
    private static final int NIGHTLY = 10_000;
    private static final long NIGHTLY_SECONDS = 15 * 60;
    private static final String REPLAY = "replay: mvn -pl system-tests -am test -Dtest=SeedsTest#oneSeed"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dnetstack.seed=";

    private record Sum(long runs, long frames, long lost, long bytes, List<String> failures) {}

    /// Runs seeds from 1 on, each on whichever worker is free: runs share nothing.
    private static Sum run(int seeds) throws Exception {
        AtomicLong next = new AtomicLong(1);
        ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<Sum>> all = new ArrayList<>();
            for (int w = 0; w < WORKERS; w++) {
                all.add(pool.submit(() -> runShare(next, seeds)));
            }
            Sum sum = new Sum(0, 0, 0, 0, new ArrayList<>());
            for (Future<Sum> one : all) {
                sum = plus(sum, one.get());
            }
            return sum;
        } finally {
            pool.shutdownNow();
        }
    }

    private static Sum plus(Sum a, Sum b) {
        a.failures.addAll(b.failures);
        return new Sum(a.runs + b.runs, a.frames + b.frames, a.lost + b.lost, a.bytes + b.bytes, a.failures);
    }

    private static Sum runShare(AtomicLong next, int seeds) {
        Sum sum = new Sum(0, 0, 0, 0, new ArrayList<>());
        long began = System.nanoTime();
        for (long seed = next.getAndIncrement(); seed <= seeds; seed = next.getAndIncrement()) {
            try {
                ThreeHosts.Outcome o = ThreeHosts.run(seed);
                sum = plus(sum, new Sum(1, o.frames(), o.lost(), o.bytes(), List.of()));
            } catch (Exception | AssertionError e) {
                String failure = e.getMessage() + "\n" + REPLAY + seed;
                System.out.println(failure);
                sum.failures.add(failure);
            }
            if (seed % TOLD == 0) {
                System.out.println("seed " + seed + " of " + seeds + ", after " + seconds(began) + " s");
            }
        }
        return sum;
    }

    private static long seconds(long began) {
        return (System.nanoTime() - began) / 1_000_000_000L;
    }

    private static void judge(int seeds, Sum sum) {
        assertEquals(List.of(), sum.failures, () -> String.join("\n\n", sum.failures));
        assertEquals(seeds, sum.runs);
        assertTrue(sum.lost * 40 > sum.frames, () -> "too little was lost to prove anything: " + sum);
    }

    @Test
    void filesArriveIntactAndNoPacketIsLeftForTwoHundredSeeds() throws Exception {
        judge(ORDINARY, run(ORDINARY));
    }

    @Test
    @Tag("nightly")
    void tenThousandSeedsFitInAQuarterOfAnHour() throws Exception {
        long began = System.nanoTime();
        Sum sum = run(NIGHTLY);
        long seconds = seconds(began);
        System.out.println(sum.runs + " seeds in " + seconds + " s: " + sum.frames + " frames, " + sum.lost + " lost, "
                + sum.bytes + " bytes of files");
        judge(NIGHTLY, sum);
        assertTrue(seconds <= NIGHTLY_SECONDS, () -> "took " + seconds + " s");
    }

    @Test
    void oneSeed() {
        long seed = Long.getLong("netstack.seed", 1);
        String hash = ThreeHosts.run(seed).hash();
        assertEquals(hash, ThreeHosts.run(seed).hash());
    }
}

package dev.netstack4j.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.runtime.WaitQueue;
import java.io.PipedInputStream;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Code in virtual time that waits where virtual time cannot help it, and the ends of threads.
class OutsideTest {
    private static final long REAL_MILLIS = 40;

    private static void block(String how) throws Exception {
        switch (how) {
            case "latch" -> new CountDownLatch(1).await();
            case "park" -> LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(1));
            case "sleep" -> Thread.sleep(60_000);
            case "pipe" -> new PipedInputStream(new java.io.PipedOutputStream()).read();
            default -> {
                try (ServerSocket s = new ServerSocket(0)) {
                    s.accept().close();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"latch", "park", "sleep", "pipe", "accept"})
    void blockingOutsideTheStackIsReportedWithTheStackTraceOfTheThread(String how) {
        SteppedRuntime rt = new SteppedRuntime(1);
        rt.outsideLimitMillis(REAL_MILLIS);
        AppThread t = rt.start("careless", () -> {
            try {
                block(how);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        IllegalStateException e = assertThrows(IllegalStateException.class, rt::runDue);
        assertTrue(e.getMessage().contains("careless"), e.getMessage());
        assertTrue(e.getMessage().contains("OutsideTest.block("), e.getMessage());
        assertTrue(t.isDone());
        assertThrows(IllegalStateException.class, t::join);
        rt.close();
    }

    @Test
    void othersGoOnAfterOneWasReported() {
        SteppedRuntime rt = new SteppedRuntime(1);
        rt.outsideLimitMillis(REAL_MILLIS);
        CountDownLatch never = new CountDownLatch(1);
        rt.start("careless", () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                rt.pause(1); // comes back, and is refused
            }
        });
        List<Long> seen = new ArrayList<>();
        AppThread good = rt.start("good", () -> {
            rt.pause(5);
            seen.add(rt.clock().nanos());
        });
        assertThrows(IllegalStateException.class, rt::runDue);
        good.join();
        assertEquals(List.of(5L), seen);
        rt.close();
    }

    @Test
    void aLongComputationIsNotReportedAtOnce() {
        SteppedRuntime rt = new SteppedRuntime(1);
        rt.outsideLimitMillis(REAL_MILLIS);
        long[] result = new long[1];
        rt.start("computes", () -> {
                    long end = System.nanoTime() + 4 * REAL_MILLIS * 1_000_000;
                    while (System.nanoTime() < end) {
                        result[0]++;
                    }
                })
                .join();
        assertTrue(result[0] > 0);
    }

    @Test
    void aComputationThatNeverEndsIsReported() {
        SteppedRuntime rt = new SteppedRuntime(1);
        rt.outsideLimitMillis(10);
        boolean[] end = new boolean[1];
        rt.start("endless", () -> {
            while (!Thread.currentThread().isInterrupted()) {
                end[0] = true;
            }
        });
        assertThrows(IllegalStateException.class, rt::runDue);
        assertTrue(end[0]);
    }

    @Test
    void closingEndsThreadsThatWaitEvenWhenTheyCatchExceptions() throws Exception {
        SteppedRuntime rt = new SteppedRuntime(1);
        List<Thread> all = new ArrayList<>();
        List<String> cleanedUp = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rt.start("waits" + i, () -> {
                all.add(Thread.currentThread());
                WaitQueue q = new SteppedWaitQueue(rt, "nothing");
                while (all.size() < 100) {
                    try {
                        q.await(q.ticket(), WaitQueue.FOREVER);
                    } catch (RuntimeException e) {
                        cleanedUp.add("caught " + e);
                    } finally {
                        cleanedUp.add("left");
                    }
                }
            });
        }
        AppThread notBegun = rt.start("also waits", () -> rt.pause(1_000_000));
        rt.runDue();
        assertEquals(5, all.size());
        rt.start("not begun", () -> cleanedUp.add("ran"));
        rt.close();
        for (Thread t : all) {
            t.join(10_000);
            assertFalse(t.isAlive());
        }
        assertTrue(notBegun.isDone());
        assertEquals(List.of("left", "left", "left", "left", "left"), cleanedUp);
    }

    @Test
    void aThreadOfTheRuntimeCannotStepIt() {
        SteppedRuntime rt = new SteppedRuntime(1);
        AppThread t = rt.start("steps", () -> rt.advance(5));
        IllegalStateException e = assertThrows(IllegalStateException.class, t::join);
        assertTrue(e.getMessage().contains("steps"));
    }

    @Test
    void recentEventsTellWhatRanAndWhen() {
        SteppedRuntime rt = new SteppedRuntime(1);
        try (HostRuntime host = rt.newHost("a", 1)) {
            host.start();
            host.engines().add("dma", now -> 0).ring();
            rt.start("client", () -> rt.pause(3_000_000)).join();
            List<String> events = rt.recentEvents();
            assertEquals(
                    List.of(
                            "0.000000 ms  engine a/dma runs",
                            "0.000000 ms  client runs",
                            "0.000000 ms  client waits for time to pass",
                            "3.000000 ms  client runs",
                            "3.000000 ms  client ends"),
                    events);
            rt.start("many", () -> {
                        for (int i = 0; i < 100; i++) {
                            rt.pause(1);
                        }
                    })
                    .join();
            assertEquals(64, rt.recentEvents().size());
            assertTrue(rt.recentEvents().getLast().contains("many ends"));
        }
    }

    @Test
    void whatFailsInATurnReachesTheDrivingThreadWhoeverRanIt() {
        SteppedRuntime rt = new SteppedRuntime(1);
        try (HostRuntime host = rt.newHost("a", 1)) {
            host.softIrqs().open(dev.netstack4j.api.runtime.SoftIrqVector.HI, cpu -> {
                throw new IllegalStateException("in a softirq");
            });
            host.start();
            rt.start("client", () -> {
                host.cpus().raiseOn(0, dev.netstack4j.api.runtime.SoftIrqVector.HI);
                rt.pause(1);
            });
            IllegalStateException e = assertThrows(IllegalStateException.class, rt::runUntilIdle);
            assertEquals("in a softirq", e.getMessage());
            rt.runUntilIdle();
            assertEquals(1, rt.clock().nanos());
        }
    }
}

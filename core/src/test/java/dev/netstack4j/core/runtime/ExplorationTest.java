package dev.netstack4j.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.ScheduleChooser;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.runtime.WaitQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExplorationTest {
    private static ScheduleChooser random(long seed) {
        SplittableRandom r = new SplittableRandom(seed);
        return (candidates, where) -> r.nextInt(candidates.size());
    }

    /// Two threads that read, then write.
    private static int count(long seed, boolean locked) {
        SteppedRuntime rt = new SteppedRuntime(1);
        try (HostRuntime host = rt.newHost("a", 1)) {
            host.start();
            AtomicBits bits = host.sync().bits("counter");
            SpinLock lock = host.sync().spinLock("lock");
            rt.explore(random(seed));
            for (String name : List.of("one", "two")) {
                rt.start(name, () -> {
                    for (int i = 0; i < 3; i++) {
                        if (locked) {
                            lock.lock();
                        }
                        bits.set(bits.get() + 1);
                        if (locked) {
                            lock.unlock();
                        }
                    }
                });
            }
            rt.runDue();
            rt.explore(null);
            return bits.get();
        } finally {
            rt.close();
        }
    }

    @Test
    void aLostUpdateIsFoundAndALockPreventsIt() {
        Set<Integer> unlocked = new TreeSet<>();
        for (int seed = 0; seed < 200; seed++) {
            unlocked.add(count(seed, false));
            assertEquals(6, count(seed, true));
        }
        assertTrue(unlocked.size() > 2 && unlocked.contains(6), unlocked.toString());
    }

    @Test
    void theSameChoicesGiveTheSameRun() {
        assertEquals(eventsOf(5), eventsOf(5));
        assertFalse(eventsOf(5).equals(eventsOf(6)));
    }

    private static List<String> eventsOf(long seed) {
        SteppedRuntime rt = new SteppedRuntime(1);
        try (HostRuntime host = rt.newHost("a", 2)) {
            host.softIrqs().open(SoftIrqVector.HI, cpu -> {});
            host.start();
            rt.explore(random(seed));
            for (int i = 0; i < 3; i++) {
                rt.start("t" + i, () -> {
                    Cpu cpu = host.cpus().enter();
                    cpu.raise(SoftIrqVector.HI);
                    host.cpus().leave(cpu);
                    host.cpus().raiseOn(1, SoftIrqVector.HI);
                });
            }
            rt.runUntilIdle();
            rt.explore(null);
            return rt.recentEvents();
        } finally {
            rt.close();
        }
    }

    @Test
    void twoCpusOfAHostRunTheirSoftirqsInterleavedAndOneCpuNever() {
        assertTrue(mostAtOnce(2) == 2);
        assertEquals(1, mostAtOnce(1));
    }

    private static int mostAtOnce(int cpus) {
        int most = 0;
        for (int seed = 0; seed < 50; seed++) {
            SteppedRuntime rt = new SteppedRuntime(1);
            int[] inside = new int[2];
            try (HostRuntime host = rt.newHost("a", cpus)) {
                AtomicBits bits = host.sync().bits("bits");
                host.softIrqs().open(SoftIrqVector.HI, cpu -> {
                    inside[1] = Math.max(inside[1], ++inside[0]);
                    bits.get();
                    inside[0]--;
                });
                host.start();
                rt.explore(random(seed));
                for (int i = 0; i < cpus; i++) {
                    int id = i;
                    rt.start("raises" + i, () -> {
                        for (int n = 0; n < 3; n++) {
                            host.cpus().raiseOn(id, SoftIrqVector.HI);
                        }
                    });
                }
                rt.runDue();
                rt.explore(null);
            }
            rt.close();
            most = Math.max(most, inside[1]);
        }
        return most;
    }

    @Test
    void aWorkThatWasRaisedIsNeverLeftLyingWhileItsCpuGoesIdle() {
        for (int seed = 0; seed < 2000; seed++) {
            SteppedRuntime rt = new SteppedRuntime(1);
            int[] done = new int[1];
            int[] raised = new int[1];
            try (HostRuntime host = rt.newHost("a", 1)) {
                host.softIrqs().open(SoftIrqVector.HI, cpu -> done[0] = raised[0]);
                host.start();
                rt.explore(random(seed));
                for (int i = 0; i < 2; i++) {
                    rt.start("t" + i, () -> {
                        for (int n = 0; n < 3; n++) {
                            raised[0]++;
                            host.cpus().raiseOn(0, SoftIrqVector.HI);
                            host.cpus().leave(host.cpus().enter());
                        }
                    });
                }
                rt.runDue();
                assertEquals(6, raised[0]);
                assertEquals(6, done[0], "seed " + seed + "\n" + String.join("\n", rt.recentEvents()));
                rt.explore(null);
            }
            rt.close();
        }
    }

    @Test
    void aDeadlockIsReportedWithTheStacksOfThoseWhoStandInIt() {
        boolean[] found = new boolean[1];
        for (int seed = 0; seed < 100 && !found[0]; seed++) {
            SteppedRuntime rt = new SteppedRuntime(1);
            HostRuntime host = rt.newHost("a", 1);
            host.start();
            SpinLock[] locks = {host.sync().spinLock("first"), host.sync().spinLock("second")};
            rt.explore(random(seed));
            List<AppThread> threads = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int mine = i;
                threads.add(rt.start("philosopher" + i, () -> {
                    locks[mine].lock();
                    locks[1 - mine].lock();
                    locks[1 - mine].unlock();
                    locks[mine].unlock();
                }));
            }
            try {
                threads.forEach(AppThread::join);
            } catch (IllegalStateException e) {
                found[0] = true;
                assertTrue(e.getMessage().contains("philosopher0 stands"), e.getMessage());
                assertTrue(e.getMessage().contains("philosopher1 stands"), e.getMessage());
            }
            rt.close();
        }
        assertTrue(found[0]);
    }

    @Test
    void whatTheChooserThrowsReachesTheDrivingThread() {
        SteppedRuntime rt = new SteppedRuntime(1);
        try (HostRuntime host = rt.newHost("a", 1)) {
            host.start();
            AtomicBits bits = host.sync().bits("bits");
            rt.explore((candidates, where) -> {
                throw new IllegalArgumentException("enough at " + where);
            });
            rt.start("one", () -> bits.set(1));
            rt.start("two", () -> bits.set(2));
            assertThrows(IllegalArgumentException.class, rt::runDue);
            rt.runDue();
            rt.explore(null);
            assertTrue(bits.get() != 0);
        }
        rt.close();
    }

    @Test
    void closingEndsTheThreadsOfAgentsAndEnginesToo() throws Exception {
        SteppedRuntime rt = new SteppedRuntime(1);
        List<Thread> seen = new ArrayList<>();
        HostRuntime host = rt.newHost("a", 1);
        host.softIrqs().open(SoftIrqVector.HI, cpu -> seen.add(Thread.currentThread()));
        host.engines()
                .add("dma", now -> {
                    seen.add(Thread.currentThread());
                    return 0;
                })
                .ring();
        host.start();
        rt.explore((candidates, where) -> 0);
        host.cpus().raiseOn(0, SoftIrqVector.HI);
        rt.runDue();
        WaitQueue never = host.sync().waitQueue("never");
        rt.start("waits", () -> {
            seen.add(Thread.currentThread());
            never.await(never.ticket(), WaitQueue.FOREVER);
        });
        rt.runDue();
        host.close();
        rt.close();
        assertEquals(3, seen.stream().distinct().count());
        for (Thread t : seen) {
            t.join(10_000);
            assertFalse(t.isAlive(), t.getName());
        }
    }
}

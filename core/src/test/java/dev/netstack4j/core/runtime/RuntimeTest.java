package dev.netstack4j.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.api.runtime.Context;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.runtime.WaitResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeTest {
    private static final long MS = 1_000_000;

    private static RuntimeCore runtime(boolean virtual) {
        return virtual ? new SteppedRuntime(1) : new RealRuntime();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWaiterIsWokenFromASoftirqAndSeesWhatWasWrittenBefore(boolean virtual) {
        RuntimeCore rt = runtime(virtual);
        try (HostRuntime host = rt.newHost("a", 1)) {
            WaitQueue q = host.sync().waitQueue("q");
            int[] value = new int[1];
            host.softIrqs().open(SoftIrqVector.HI, cpu -> {
                value[0] = 42;
                q.wakeAll(cpu);
            });
            host.start();
            List<WaitResult> results = new ArrayList<>();
            AppThread waiter = rt.start("waiter", () -> {
                long ticket = q.ticket();
                if (value[0] == 0) {
                    results.add(q.await(ticket, WaitQueue.FOREVER));
                }
                results.add(value[0] == 42 ? WaitResult.WOKEN : WaitResult.TIMED_OUT);
            });
            host.cpus().raiseOn(0, SoftIrqVector.HI);
            waiter.join();
            assertEquals(WaitResult.WOKEN, results.getLast());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWakeAfterTheTicketIsNeverLost(boolean virtual) {
        RuntimeCore rt = runtime(virtual);
        try (HostRuntime host = rt.newHost("a", 1)) {
            host.start();
            WaitQueue ping = host.sync().waitQueue("ping");
            WaitQueue pong = host.sync().waitQueue("pong");
            AtomicInteger turn = new AtomicInteger();
            int rounds = virtual ? 2000 : 20_000;
            AppThread a = rt.start("a", () -> play(host, turn, 0, rounds, ping, pong));
            AppThread b = rt.start("b", () -> play(host, turn, 1, rounds, pong, ping));
            a.join();
            b.join();
            assertEquals(2 * rounds, turn.get());
        }
    }

    private static void play(
            HostRuntime host, AtomicInteger turn, int me, int rounds, WaitQueue mine, WaitQueue other) {
        for (int i = 0; i < rounds; i++) {
            while (true) {
                long ticket = mine.ticket();
                if (turn.get() % 2 == me) {
                    break;
                }
                mine.await(ticket, WaitQueue.FOREVER);
            }
            Cpu cpu = host.cpus().enter();
            turn.incrementAndGet();
            other.wakeAll(cpu);
            host.cpus().leave(cpu);
        }
    }

    @Test
    void aWaitEndsAtItsDeadline() {
        SteppedRuntime rt = new SteppedRuntime(1);
        try (HostRuntime host = rt.newHost("a", 1)) {
            host.start();
            WaitQueue q = host.sync().waitQueue("q");
            assertEquals(WaitResult.TIMED_OUT, q.await(q.ticket(), 5 * MS));
            assertEquals(5 * MS, rt.clock().nanos());
        }
    }

    @Test
    void waitingForEverForNothingIsReported() {
        SteppedRuntime rt = new SteppedRuntime(1);
        HostRuntime host = rt.newHost("a", 1);
        host.start();
        WaitQueue q = host.sync().waitQueue("a reply");
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> q.await(q.ticket(), WaitQueue.FOREVER));
        assertTrue(e.getMessage().contains("a reply"));
    }

    @Test
    @Mechanism("H4")
    void softirqsRunInTheOrderOfTheirVectors() {
        SteppedRuntime rt = new SteppedRuntime(1);
        try (HostRuntime host = rt.newHost("a", 1)) {
            List<SoftIrqVector> order = new ArrayList<>();
            for (SoftIrqVector v : SoftIrqVector.values()) {
                if (v != SoftIrqVector.TIMER) {
                    host.softIrqs().open(v, cpu -> order.add(v));
                }
            }
            host.start();
            Cpu cpu = host.cpus().enter();
            cpu.raise(SoftIrqVector.NET_RX);
            cpu.raise(SoftIrqVector.NET_TX);
            cpu.raise(SoftIrqVector.HI);
            host.cpus().leave(cpu);
            assertEquals(List.of(SoftIrqVector.HI, SoftIrqVector.NET_TX, SoftIrqVector.NET_RX), order);
        }
    }

    @Test
    @Mechanism({"H5", "F7"})
    void exactTimersFireAtTheirInstantInSoftirqContext() {
        SteppedRuntime rt = new SteppedRuntime(1);
        try (HostRuntime host = rt.newHost("a", 1)) {
            List<Long> fired = new ArrayList<>();
            host.start();
            Cpu cpu = host.cpus().enter();
            for (long at : new long[] {30, 10, 20, 10}) {
                Timer t = host.timers().exact("t", c -> {
                    assertEquals(Context.SOFTIRQ, c.context());
                    fired.add(rt.clock().nanos());
                });
                t.arm(at * 1000, cpu);
            }
            host.cpus().leave(cpu);
            rt.runUntilIdle();
            assertEquals(List.of(10_000L, 10_000L, 20_000L, 30_000L), fired);
        }
    }

    @Test
    void coarseTimersFireNeverEarlyAndAtMostOneSlotLate() {
        SteppedRuntime rt = new SteppedRuntime(1);
        try (HostRuntime host = rt.newHost("a", 1)) {
            host.start();
            long[] deadlines = {1, 3 * MS, 250 * MS, 4295 * MS, 60_000 * MS, 7_200_000 * MS};
            List<Long> late = new ArrayList<>();
            Cpu cpu = host.cpus().enter();
            for (long d : deadlines) {
                host.timers().coarse("t", c -> late.add(rt.clock().nanos() - d)).arm(d, cpu);
            }
            host.cpus().leave(cpu);
            rt.runUntilIdle();
            assertEquals(deadlines.length, late.size());
            assertTrue(late.stream().allMatch(l -> l >= 0 && l < 5 * MS), late.toString());
        }
    }

    @Test
    void aTimerReArmedLaterFiresOnceAtItsNewDeadlineAndACancelledOneNever() {
        SteppedRuntime rt = new SteppedRuntime(1);
        try (HostRuntime host = rt.newHost("a", 1)) {
            host.start();
            List<Long> fired = new ArrayList<>();
            Timer moved =
                    host.timers().coarse("moved", c -> fired.add(rt.clock().nanos()));
            Timer gone = host.timers().coarse("gone", c -> fired.add(-1L));
            Cpu cpu = host.cpus().enter();
            moved.arm(200 * MS, cpu);
            moved.arm(900 * MS, cpu);
            moved.arm(800 * MS, cpu);
            gone.arm(100 * MS, cpu);
            assertTrue(gone.cancel(cpu));
            assertFalse(gone.cancel(cpu));
            host.cpus().leave(cpu);
            rt.runUntilIdle();
            assertEquals(1, fired.size());
            assertTrue(fired.getFirst() >= 800 * MS && fired.getFirst() < 805 * MS, fired.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Mechanism({"H1", "H2"})
    void anInterruptRunsInHardirqContextAndItsSoftirqAfterwards(boolean virtual) {
        RuntimeCore rt = runtime(virtual);
        try (HostRuntime host = rt.newHost("a", 1)) {
            List<Context> seen = new ArrayList<>();
            WaitQueue q = host.sync().waitQueue("done");
            host.softIrqs().open(SoftIrqVector.NET_RX, cpu -> {
                seen.add(cpu.context());
                q.wakeAll(cpu);
            });
            IrqLine line = host.newIrq("nic");
            host.start();
            long ticket = q.ticket();
            try {
                line.irq()
                        .request(
                                "nic",
                                cpu -> {
                                    seen.add(cpu.context());
                                    cpu.raise(SoftIrqVector.NET_RX);
                                    return IrqHandler.Result.HANDLED;
                                },
                                false);
            } catch (dev.netstack4j.api.error.NetException e) {
                throw new AssertionError(e);
            }
            line.raise();
            q.await(ticket, WaitQueue.FOREVER);
            assertEquals(List.of(Context.HARDIRQ, Context.SOFTIRQ), seen);
            assertEquals(1, line.irq().count());
        }
    }

    @Test
    @Mechanism("H10")
    void aSharedLineAsksAllHandlersWhileItIsHigh() throws Exception {
        SteppedRuntime rt = new SteppedRuntime(1);
        try (HostRuntime host = rt.newHost("a", 1)) {
            host.start();
            IrqLine line = host.newIrq("shared");
            int[] calls = new int[2];
            line.irq()
                    .request(
                            "one",
                            cpu -> {
                                calls[0]++;
                                return IrqHandler.Result.NONE;
                            },
                            true);
            line.irq()
                    .request(
                            "two",
                            cpu -> {
                                if (++calls[1] == 3) {
                                    line.level(false);
                                }
                                return IrqHandler.Result.HANDLED;
                            },
                            true);
            assertThrows(
                    dev.netstack4j.api.error.NetException.class,
                    () -> line.irq().request("three", c -> IrqHandler.Result.NONE, false));
            line.level(true);
            rt.runUntilIdle();
            assertEquals(3, calls[1]);
            assertEquals(3, calls[0]);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Mechanism("I21")
    void ringingOnlySetsABitAndTheEngineRunsWithoutTheCpu(boolean virtual) {
        RuntimeCore rt = runtime(virtual);
        try (HostRuntime host = rt.newHost("a", 1)) {
            host.start();
            AtomicLong ran = new AtomicLong();
            EngineHandle[] handle = new EngineHandle[1];
            handle[0] = host.engines().add("e", now -> {
                ran.incrementAndGet();
                return 0;
            });
            Cpu cpu = host.cpus().enter();
            handle[0].ring();
            assertEquals(0, ran.get());
            host.cpus().leave(cpu);
            assertEquals(1, ran.get());
            handle[0].remove();
            handle[0].ring();
            assertEquals(1, ran.get());
        }
    }

    @Test
    void anEngineRunsAtItsDeadline() {
        SteppedRuntime rt = new SteppedRuntime(1);
        try (HostRuntime host = rt.newHost("a", 1)) {
            host.start();
            List<Long> at = new ArrayList<>();
            EngineHandle h = host.engines().add("cable", new Engine() {
                private long next = 700;

                @Override
                public int doWork(long nowNanos) {
                    if (nowNanos >= next) {
                        at.add(nowNanos);
                        next = at.size() == 3 ? NEVER : next + 1000;
                    }
                    return 0;
                }

                @Override
                public long nextDeadlineNanos() {
                    return next;
                }
            });
            h.ring();
            rt.runUntilIdle();
            assertEquals(List.of(700L, 1700L, 2700L), at);
        }
    }

    @Test
    void theSameSeedGivesTheSameStreamsAndPurposesAreIndependent() {
        long a = new SteppedRuntime(7).newHost("h", 1).random().stream("x").nextLong();
        long b = new SteppedRuntime(7).newHost("h", 1).random().stream("x").nextLong();
        long other = new SteppedRuntime(7).newHost("h", 1).random().stream("y").nextLong();
        assertEquals(a, b);
        assertTrue(a != other);
    }

    @Test
    void manyThreadsOnOneCpuNeverMeet() {
        RealRuntime rt = new RealRuntime();
        try (HostRuntime host = rt.newHost("a", 1)) {
            host.start();
            int[] plain = new int[1];
            List<AppThread> threads = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                threads.add(rt.start("t" + t, () -> {
                    for (int i = 0; i < 20_000; i++) {
                        Cpu cpu = host.cpus().enter();
                        plain[0]++;
                        host.cpus().leave(cpu);
                    }
                }));
            }
            threads.forEach(AppThread::join);
            assertEquals(160_000, plain[0]);
        }
    }

    @Test
    void synchronizeNetWaitsForWhoeverIsOnACpu() {
        RealRuntime rt = new RealRuntime();
        try (HostRuntime host = rt.newHost("a", 2)) {
            host.start();
            AtomicInteger published = new AtomicInteger(1);
            AtomicInteger usedAfterFree = new AtomicInteger();
            AtomicInteger freed = new AtomicInteger();
            AppThread user = rt.start("user", () -> {
                for (int i = 0; i < 50_000; i++) {
                    Cpu cpu = host.cpus().enter();
                    int object = published.get();
                    if (object <= freed.get()) {
                        usedAfterFree.incrementAndGet();
                    }
                    host.cpus().leave(cpu);
                }
            });
            while (!user.isDone()) {
                int old = published.getAndIncrement();
                host.cpus().synchronizeNet();
                freed.set(old);
            }
            user.join();
            assertEquals(0, usedAfterFree.get());
        }
    }

    @Test
    void aReleasedInterruptLineIsUsedAgain() {
        SteppedRuntime rt = new SteppedRuntime(1);
        try (HostRuntime host = rt.newHost("a", 1)) {
            host.start();
            host.newIrq("stays");
            for (int i = 0; i < 1000; i++) {
                IrqLine line = host.newIrq("comes and goes");
                assertEquals(1, line.irq().number());
                line.release();
            }
        }
    }
}

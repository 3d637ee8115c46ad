package dev.netstack4j.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.runtime.WaitResult;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Threads that wait and meanwhile do the work of an idle CPU's agent.
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AttendanceTest {
    private static final int ROUNDS = 3_000;
    private static final int OFTEN = ROUNDS / 10; // most, on a machine that does nothing else
    private static final long TRY_NANOS = 20_000_000;

    private final RealRuntime runtime = new RealRuntime();
    private final HostRuntime host = runtime.newHost("h", 1);
    private final WaitQueue queue = host.sync().waitQueue("test");
    private final AtomicReference<@Nullable Thread> ranOn = new AtomicReference<>();
    private final AtomicInteger arrived = new AtomicInteger();
    private IrqLine line;

    @BeforeEach
    void packetsArrive() throws NetException {
        line = host.newIrq("nic");
        line.irq()
                .request(
                        "test",
                        cpu -> {
                            cpu.raise(SoftIrqVector.NET_RX);
                            return IrqHandler.Result.HANDLED;
                        },
                        false);
        host.softIrqs().open(SoftIrqVector.NET_RX, cpu -> {
            ranOn.set(Thread.currentThread());
            arrived.incrementAndGet();
            queue.wakeAll(cpu);
        });
    }

    @AfterEach
    void end() {
        host.close();
        runtime.close();
    }

    /// Waits for the next arrival.
    private void take(int seen) {
        for (long ticket = queue.ticket(); arrived.get() == seen; ticket = queue.ticket()) {
            if (arrived.get() == seen) {
                queue.await(ticket, WaitQueue.FOREVER);
            }
        }
    }

    /// Each arrival is brought about when the one before was seen.
    private int roundsServedByTheWaiter(boolean virtual) throws InterruptedException {
        AtomicInteger own = new AtomicInteger();
        Semaphore seen = new Semaphore(0);
        Runnable body = () -> {
            for (int i = 0; i < ROUNDS; i++) {
                take(i);
                own.addAndGet(ranOn.get() == Thread.currentThread() ? 1 : 0);
                seen.release();
            }
        };
        host.start();
        Thread waiter =
                virtual ? Thread.startVirtualThread(body) : Thread.ofPlatform().start(body);
        for (int i = 0; i < ROUNDS; i++) {
            line.raise();
            seen.acquire();
        }
        waiter.join();
        return own.get();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWaitingThreadRunsTheSoftirqsItself(boolean virtual) throws InterruptedException {
        int own = roundsServedByTheWaiter(virtual);
        assertTrue(own > OFTEN, "of " + ROUNDS + " only " + own);
    }

    @Test
    void aVirtualThreadDoesNotWaitWhereItWouldHoldItsCarrier() throws InterruptedException {
        host.cpus().idleWith(0, new Blocking());
        assertEquals(0, roundsServedByTheWaiter(true));
    }

    @Test
    void aPlatformThreadWaitsInTheOperatingSystemToo() throws InterruptedException {
        host.cpus().idleWith(0, new Blocking());
        assertTrue(roundsServedByTheWaiter(false) > OFTEN);
    }

    /// The borrower computes for ever after its first arrival; the second must be seen all the same.
    @Test
    void theAgentTakesOverWhenTheBorrowerStaysAway() throws InterruptedException {
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        host.start();
        Thread waiter = Thread.ofPlatform().start(() -> {
            take(0);
            computing.countDown();
            awaitQuietly(end);
        });
        line.raise();
        computing.await();
        for (int i = 2; i < 100; i++) {
            line.raise();
            for (int seen = i; arrived.get() < seen; ) {
                Thread.onSpinWait();
            }
        }
        end.countDown();
        waiter.join();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterruptEndsTheWait(boolean inTheOperatingSystem) {
        Blocking idle = new Blocking();
        if (inTheOperatingSystem) {
            host.cpus().idleWith(0, idle);
        }
        host.start();
        AtomicReference<@Nullable WaitResult> result = new AtomicReference<>();
        AppThread waiter = waiter(result);
        if (inTheOperatingSystem) {
            awaitWithin(idle);
        }
        waiter.interrupt();
        waiter.join();
        assertEquals(WaitResult.INTERRUPTED, result.get());
    }

    @Test
    void aWakeFromElsewhereEndsAWaitInTheOperatingSystem() {
        Blocking idle = new Blocking();
        host.cpus().idleWith(0, idle);
        host.start();
        AppThread waiter = waiter(new AtomicReference<>());
        awaitWithin(idle);
        queue.wakeAll();
        waiter.join();
    }

    /// Waits for one wake or interrupt. Where the agent has just taken the seat back, a wait is refused it, so it tries
    /// again now and then.
    private AppThread waiter(AtomicReference<@Nullable WaitResult> result) {
        return runtime.start("waiter", () -> {
            long ticket = queue.ticket();
            WaitResult last = WaitResult.TIMED_OUT;
            while (last == WaitResult.TIMED_OUT) {
                last = queue.await(ticket, runtime.clock().nanos() + TRY_NANOS);
            }
            result.set(last);
        });
    }

    private static void awaitWithin(Blocking idle) {
        while (!(idle.within instanceof Thread t && t.getName().equals("waiter"))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void theDeadlineOfAnAttendingThreadIsKept() {
        host.start();
        long begin = runtime.clock().nanos();
        AtomicReference<@Nullable WaitResult> result = new AtomicReference<>();
        runtime.start("waiter", () -> result.set(queue.await(queue.ticket(), begin + 20_000_000)))
                .join();
        assertEquals(WaitResult.TIMED_OUT, result.get());
        assertFalse(runtime.clock().nanos() < begin + 20_000_000);
    }

    @Test
    void theHostEndsWhileAThreadAttends() {
        Blocking idle = new Blocking();
        host.cpus().idleWith(0, idle);
        host.start();
        AppThread waiter = waiter(new AtomicReference<>());
        awaitWithin(idle);
        host.close();
        assertEquals(0, idle.usedAfterClose.get());
        queue.wakeAll();
        waiter.join();
        assertEquals(0, idle.usedAfterClose.get());
    }

    /// A thread whose waits last so long, and that attends where work never ends when this returns. Refused the seat,
    /// it is woken and tries again.
    private AppThread waiterWithEndlessWork(long nanos, AtomicReference<@Nullable WaitResult> result) {
        host.softIrqs().open(SoftIrqVector.NET_TX, cpu -> {
            ranOn.set(Thread.currentThread());
            cpu.raise(SoftIrqVector.NET_TX);
        });
        host.start();
        AtomicBoolean settled = new AtomicBoolean();
        AppThread waiter = runtime.start("waiter", () -> {
            boolean isLast;
            do {
                isLast = settled.get();
                long end = nanos == WaitQueue.FOREVER ? nanos : runtime.clock().nanos() + nanos;
                result.set(queue.await(queue.ticket(), end));
            } while (!isLast);
        });
        host.cpus().raiseOn(0, SoftIrqVector.NET_TX);
        while (!(ranOn.get() instanceof Thread t && t.getName().equals("waiter"))) {
            queue.wakeAll();
            LockSupport.parkNanos(TRY_NANOS);
        }
        settled.set(true);
        return waiter;
    }

    @Test
    void theDeadlineIsKeptWhereWorkNeverEnds() {
        AtomicReference<@Nullable WaitResult> result = new AtomicReference<>();
        waiterWithEndlessWork(500_000_000, result).join();
        assertEquals(WaitResult.TIMED_OUT, result.get());
    }

    @Test
    void theHostEndsWhereWorkNeverEnds() {
        AtomicReference<@Nullable WaitResult> result = new AtomicReference<>();
        AppThread waiter = waiterWithEndlessWork(WaitQueue.FOREVER, result);
        host.close();
        while (!waiter.isDone()) {
            queue.wakeAll();
            LockSupport.parkNanos(TRY_NANOS);
        }
        assertEquals(WaitResult.WOKEN, result.get());
    }

    @Test
    void whoLeavesACpuAfterTheEndDoesNotUseWhatWasClosed() {
        Blocking idle = new Blocking();
        host.cpus().idleWith(0, idle);
        host.start();
        host.close();
        host.cpus().leave(host.cpus().enter());
        assertEquals(0, idle.usedAfterClose.get());
    }

    @Test
    void aFailureOfTheIdleWaitIsNotThatOfTheThreadThatAttends() {
        Blocking idle = new Blocking();
        idle.failsFor = "waiter";
        host.cpus().idleWith(0, idle);
        host.start();
        AtomicReference<@Nullable WaitResult> result = new AtomicReference<>();
        AppThread waiter = waiter(result);
        while (!idle.hasFailed) {
            Thread.onSpinWait();
        }
        queue.wakeAll();
        waiter.join();
        assertEquals(WaitResult.WOKEN, result.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50})
    void spinningFirstLosesNothing(int microseconds) throws InterruptedException {
        host.busyRead(() -> microseconds);
        assertTrue(roundsServedByTheWaiter(false) > OFTEN);
    }

    /// An idle wait as one on descriptors is: what ends it is not an unpark.
    private static final class Blocking implements CpuIdle {
        private final Semaphore wakes = new Semaphore(0);
        private volatile boolean closed;
        final AtomicInteger usedAfterClose = new AtomicInteger();
        volatile @Nullable Thread within;
        volatile String failsFor = "";
        volatile boolean hasFailed;

        @Override
        public void idle(long timeoutNanos) {
            usedAfterClose.addAndGet(closed ? 1 : 0);
            within = Thread.currentThread();
            if (Thread.currentThread().getName().equals(failsFor)) {
                hasFailed = true;
                throw new IllegalStateException("as the test wants");
            }
            long end = System.nanoTime() + timeoutNanos;
            while (!wakes.tryAcquire() && (timeoutNanos < 0 || System.nanoTime() < end)) {
                LockSupport.parkNanos(20_000);
            }
            wakes.drainPermits();
            within = null;
        }

        @Override
        public void wake() {
            wakes.release();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}

package dev.netstack4j.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.api.runtime.WaitQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Each test hands one token round and round through a path on which a wake could be lost; a lost one ends in the time
/// limit.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LostWakeStressTest {
    private static final int ROUNDS = 30_000;

    private final RealRuntime runtime = new RealRuntime();

    @Test
    @Mechanism("G6")
    void interruptsBetweenTwoIdleHostsAreNeverLost() throws NetException {
        try (HostRuntime a = runtime.newHost("a", 1);
                HostRuntime b = runtime.newHost("b", 1)) {
            AtomicInteger turns = new AtomicInteger();
            WaitQueue done = a.sync().waitQueue("done");
            IrqLine lineA = a.newIrq("a");
            IrqLine lineB = b.newIrq("b");
            a.softIrqs().open(SoftIrqVector.NET_RX, cpu -> {
                if (turns.incrementAndGet() == ROUNDS) {
                    done.wakeAll(cpu);
                } else {
                    lineB.raise();
                }
            });
            b.softIrqs().open(SoftIrqVector.NET_RX, cpu -> lineA.raise());
            bindToNetRx(lineA);
            bindToNetRx(lineB);
            a.start();
            b.start();
            long ticket = done.ticket();
            lineA.raise();
            done.await(ticket, WaitQueue.FOREVER);
            assertEquals(ROUNDS, turns.get());
        }
    }

    private static void bindToNetRx(IrqLine line) throws NetException {
        line.irq()
                .request(
                        "test",
                        cpu -> {
                            cpu.raise(SoftIrqVector.NET_RX);
                            return IrqHandler.Result.HANDLED;
                        },
                        false);
    }

    @Test
    void aRungEngineAlwaysRunsWhileThreadsEnterAndLeave() {
        try (HostRuntime host = runtime.newHost("h", 1)) {
            host.start();
            WaitQueue ran = host.sync().waitQueue("ran");
            AtomicInteger runs = new AtomicInteger();
            EngineHandle engine = host.engines().add("e", now -> {
                runs.incrementAndGet();
                ran.wakeAll();
                return 0;
            });
            List<AppThread> threads = new ArrayList<>();
            threads.add(runtime.start("noise", () -> enterAndLeave(host)));
            threads.add(runtime.start("outside", () -> ringAndWait(engine, runs, ran)));
            threads.forEach(AppThread::join);
            engine.remove();
        }
    }

    private static void enterAndLeave(HostRuntime host) {
        for (int i = 0; i < ROUNDS * 10; i++) {
            Cpu cpu = host.cpus().enter();
            host.cpus().leave(cpu);
        }
    }

    private static void ringAndWait(EngineHandle engine, AtomicInteger runs, WaitQueue ran) {
        for (int i = 0; i < ROUNDS; i++) {
            int before = runs.get();
            engine.ring();
            for (long ticket = ran.ticket(); runs.get() == before; ticket = ran.ticket()) {
                if (runs.get() == before) {
                    ran.await(ticket, WaitQueue.FOREVER);
                }
            }
        }
    }

    @Test
    void aTimerArmedByAnApplicationThreadWakesASleepingAgent() {
        try (HostRuntime host = runtime.newHost("h", 1)) {
            host.start();
            WaitQueue fired = host.sync().waitQueue("fired");
            Timer timer = host.timers().exact("t", fired::wakeAll);
            for (int i = 0; i < 3000; i++) {
                long ticket = fired.ticket();
                Cpu cpu = host.cpus().enter();
                timer.arm(cpu.nowNanos() + i % 50 * 1000L, cpu);
                host.cpus().leave(cpu);
                fired.await(ticket, WaitQueue.FOREVER);
            }
        }
    }

    @Test
    void workQueuedFromEverywhereRunsInOrder() {
        AtomicInteger next = new AtomicInteger();
        try (HostRuntime host = runtime.newHost("h", 1)) {
            host.start();
            for (int i = 0; i < 1000; i++) {
                int wanted = i;
                host.workQueue().queue("w", () -> next.compareAndSet(wanted, wanted + 1));
            }
        }
        assertEquals(1000, next.get());
    }

    @Test
    @Mechanism("J11")
    void spinLocksExcludeEachOther() {
        try (HostRuntime host = runtime.newHost("h", 1)) {
            var lock = host.sync().spinLock("l");
            int[] plain = new int[1];
            List<AppThread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                threads.add(runtime.start("t" + t, () -> {
                    for (int i = 0; i < 50_000; i++) {
                        lock.lock();
                        plain[0]++;
                        lock.unlock();
                    }
                }));
            }
            threads.forEach(AppThread::join);
            assertEquals(200_000, plain[0]);
        }
    }
}

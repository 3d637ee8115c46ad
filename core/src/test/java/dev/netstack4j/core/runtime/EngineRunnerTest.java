package dev.netstack4j.core.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the agent does about an engine that another thread runs on leaving its CPU.
class EngineRunnerTest {
    private final RealRuntime runtime = new RealRuntime();
    private final HostRuntime host = runtime.newHost("engines", 1);
    private final CountDownLatch agentSleeps = new CountDownLatch(1);
    private final Semaphore wakes = new Semaphore(0);
    private EngineHandle handle;

    @AfterEach
    void end() {
        host.close();
        runtime.close();
    }

    @Test
    void theAgentSleepsWhileSomebodyElseRunsAnEngineThatIsRungAgain() throws InterruptedException {
        CountDownLatch ranAgain = new CountDownLatch(2);
        boolean[] slept = new boolean[1];
        handle = host.engines().add("slow", now -> {
            if (ranAgain.getCount() == 2) {
                host.start(); // not before: else the agent may be the one that runs the engine
                handle.ring();
                slept[0] = await(agentSleeps);
            }
            ranAgain.countDown();
            return 0;
        });
        host.cpus().idleWith(0, new WatchedIdle());
        Cpu cpu = host.cpus().enter();
        handle.ring();
        host.cpus().leave(cpu);
        assertTrue(slept[0], "the agent spins for an engine that it cannot run");
        assertTrue(await(ranAgain), "the second ring is lost");
    }

    @Test
    void aDeadlineThatAnotherRunnerLeavesBehindWakesTheAgent() throws InterruptedException {
        CountDownLatch due = new CountDownLatch(1);
        host.cpus().idleWith(0, new WatchedIdle());
        handle = host.engines().add("delayed", new Engine() {
            private long deadline = NEVER;

            @Override
            public int doWork(long now) {
                if (now >= deadline) {
                    due.countDown();
                }
                deadline = deadline == NEVER ? now + 1_000_000 : NEVER;
                return 0;
            }

            @Override
            public long nextDeadlineNanos() {
                return deadline;
            }
        });
        host.start();
        assertTrue(await(agentSleeps));
        Cpu cpu = host.cpus().enter();
        handle.ring();
        host.cpus().leave(cpu);
        assertTrue(await(due), "the agent sleeps beyond the engine's deadline");
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Tells when the agent really sleeps.
    private final class WatchedIdle implements CpuIdle {
        @Override
        public void idle(long timeoutNanos) {
            try {
                if (timeoutNanos < 0) {
                    agentSleeps.countDown();
                    wakes.acquire();
                } else {
                    wakes.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void wake() {
            wakes.release();
        }
    }
}

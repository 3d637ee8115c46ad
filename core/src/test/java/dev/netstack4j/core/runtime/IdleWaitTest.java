package dev.netstack4j.core.runtime;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.Cpus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who says how a CPU waits.
class IdleWaitTest {
    private final RealRuntime runtime = new RealRuntime();
    private final HostRuntime host = runtime.newHost("idle", 2);

    @AfterEach
    void end() {
        host.close();
        runtime.close();
    }

    /// A way of waiting that nobody uses here.
    private static final class Own implements CpuIdle {
        @Override
        public void idle(long timeoutNanos) {}

        @Override
        public void wake() {}
    }

    @Test
    void oneModuleReplacesItAndOthersFindIt() {
        Cpus cpus = host.cpus();
        CpuIdle own = new Own();
        CpuIdle cores = cpus.idle(1);
        cpus.idleWith(0, own);
        assertSame(own, cpus.idle(0));
        assertSame(cores, cpus.idle(1));
    }

    @Test
    void aSecondOneIsRefusedSoThatTheFirstIsNotForgotten() {
        CpuIdle first = new Own();
        host.cpus().idleWith(0, first);
        assertThrows(IllegalStateException.class, () -> host.cpus().idleWith(0, new Own()));
        assertSame(first, host.cpus().idle(0));
    }
}

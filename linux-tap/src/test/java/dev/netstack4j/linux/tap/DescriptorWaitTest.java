package dev.netstack4j.linux.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.testkit.fake.FakeSync;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Who gets the one wait of a CPU.
@EnabledOnOs(OS.LINUX)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DescriptorWaitTest {
    private final OneCpu cpus = new OneCpu();

    /// A CPU whose wait is replaced once at most, as core has it.
    private static final class OneCpu implements Cpus {
        private CpuIdle idle = new Other();
        private boolean taken;

        @Override
        public int count() {
            return 1;
        }

        @Override
        public Cpu enter() {
            throw new IllegalStateException("nobody runs here");
        }

        @Override
        public void leave(Cpu cpu) {}

        @Override
        public void synchronizeNet() {}

        @Override
        public void raiseOn(int cpuId, SoftIrqVector vector) {}

        @Override
        public CpuIdle idle(int cpuId) {
            return idle;
        }

        @Override
        public void idleWith(int cpuId, CpuIdle wanted) {
            if (taken) {
                throw new IllegalStateException("it waits in another way");
            }
            idle = wanted;
            taken = true;
        }
    }

    private static final class Other implements CpuIdle {
        @Override
        public void idle(long timeoutNanos) {}

        @Override
        public void wake() {}
    }

    private static int eventCounters() throws IOException {
        int n = 0;
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path fd : open) {
                n += Files.isSymbolicLink(fd)
                                && Files.readSymbolicLink(fd).toString().contains("eventfd")
                        ? 1
                        : 0;
            }
        }
        return n;
    }

    @Test
    void theSecondTapOfACpuFindsTheWaitOfTheFirst() throws NetException {
        DescriptorWait first = DescriptorWait.of(cpus, 0, new FakeSync());
        assertSame(first, DescriptorWait.of(cpus, 0, new FakeSync()));
        first.close();
    }

    @Test
    void whereTheCpuWaitsInAnotherWayNoDescriptorIsLeft() throws IOException {
        cpus.idleWith(0, new Other());
        int before = eventCounters();
        assertThrows(IllegalStateException.class, () -> DescriptorWait.of(cpus, 0, new FakeSync()));
        assertEquals(before, eventCounters());
    }

    @Test
    void theEndOfTheCpuClosesTheWaker() throws NetException, IOException {
        int before = eventCounters();
        DescriptorWait wait = DescriptorWait.of(cpus, 0, new FakeSync());
        assertEquals(before + 1, eventCounters());
        wait.close();
        assertEquals(before, eventCounters());
    }

    @Test
    void aWakeEndsTheNextWait() throws NetException {
        DescriptorWait wait = DescriptorWait.of(cpus, 0, new FakeSync());
        wait.wake();
        wait.wake();
        wait.idle(-1);
        wait.wake();
        wait.idle(-1);
        wait.close();
    }
}

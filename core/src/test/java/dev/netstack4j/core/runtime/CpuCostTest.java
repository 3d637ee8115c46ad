package dev.netstack4j.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.CpuCost;
import dev.netstack4j.api.runtime.SoftIrqVector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuCostTest {
    private static final CpuCost COST = new CpuCost() {
        @Override
        public long softirqNanos(String cpu, SoftIrqVector vector) {
            return 300_000;
        }

        @Override
        public long processNanos(String cpu) {
            return 100_000;
        }
    };

    @Test
    void aBusyCpuKeepsItsCallersWaitingAndAnotherHostGoesOn() {
        SteppedRuntime rt = new SteppedRuntime(1);
        rt.cost(COST);
        List<String> seen = new ArrayList<>();
        try (HostRuntime a = rt.newHost("a", 1);
                HostRuntime b = rt.newHost("b", 1)) {
            a.start();
            b.start();
            for (HostRuntime host : List.of(a, b)) {
                String name = host == a ? "a" : "b";
                rt.start(name, () -> {
                    for (int i = 0; i < 3; i++) {
                        Cpu cpu = host.cpus().enter();
                        seen.add(name + " " + rt.clock().nanos() / 1000);
                        host.cpus().leave(cpu);
                    }
                });
            }
            rt.runUntilIdle();
        }
        assertEquals(List.of("a 0", "b 0", "a 100", "b 100", "a 200", "b 200"), seen);
    }

    @Test
    void softirqsThatRaiseThemselvesEndAtTheTimeLimitOfARun() {
        SteppedRuntime rt = new SteppedRuntime(1);
        rt.cost(COST);
        try (HostRuntime host = rt.newHost("a", 1)) {
            List<Long> ran = new ArrayList<>();
            host.softIrqs().open(SoftIrqVector.HI, cpu -> {
                ran.add(rt.clock().nanos());
                if (ran.size() < 20) {
                    cpu.raise(SoftIrqVector.HI);
                }
            });
            host.start();
            host.cpus().raiseOn(0, SoftIrqVector.HI);
            rt.runUntilIdle();
            // 7 runs of 300 us are over 2 ms; the next turn begins when the CPU is free again.
            assertEquals(7, ran.stream().filter(t -> t == 0).count());
            assertEquals(7, ran.stream().filter(t -> t == 2_100_000).count());
            assertEquals(6, ran.stream().filter(t -> t == 4_200_000).count());
            assertTrue(((SteppedHost) host).cpu(0).squeezes() >= 2);
        }
    }
}

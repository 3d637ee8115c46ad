package dev.netstack4j.systemtests.exploration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.testkit.explore.Explorer;
import dev.netstack4j.testkit.explore.Scenario;

/// What the scenarios of this package share: hosts with two CPUs, and how many schedules are tried. The nightly run
/// sets `netstack4j.schedules`.
final class Races {
    private static final int MEMORY = 4 << 20;
    private static final int PREEMPTIONS = 6;

    private Races() {}

    /// Two CPUs and no module.
    static Stack bare(VirtualRuntime runtime) throws Exception {
        return StackFactory.find()
                .builder()
                .name("a")
                .runtime(runtime)
                .cpus(2)
                .memory(MEMORY)
                .build();
    }

    /// Two CPUs and every module.
    static Stack whole(VirtualRuntime runtime) throws Exception {
        return StackFactory.find()
                .builder()
                .name("a")
                .runtime(runtime)
                .cpus(2)
                .memory(MEMORY)
                .discover(Races.class.getClassLoader())
                .build();
    }

    /// Ends a host; every packet must have ended.
    static void close(Stack stack) {
        stack.close();
        assertTrue(stack.packets().live() == 0 && stack.packets().isBalanced(), "packets leaked");
    }

    /// What is done on a CPU.
    interface Stretch {
        void on(Cpu cpu);
    }

    /// Does something on a CPU that is free.
    static void onCpu(Stack stack, Stretch stretch) {
        Cpus cpus = stack.service(Cpus.class);
        Cpu cpu = cpus.enter();
        try {
            stretch.on(cpu);
        } finally {
            cpus.leave(cpu);
        }
    }

    /// Tries schedules; fails with a shortened one.
    ///
    /// @param ordinary how many in the ordinary run
    static void check(String name, int ordinary, Scenario scenario) {
        Explorer e = Explorer.of(name, scenario)
                .schedules(Integer.getInteger("netstack4j.schedules", ordinary))
                .preemptions(PREEMPTIONS);
        e.check();
        System.out.println("exploration: " + name + ": " + e.schedulesRun() + " schedules, " + e.choicesMade()
                + " choices, no failure");
    }
}

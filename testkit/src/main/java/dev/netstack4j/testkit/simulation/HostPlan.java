package dev.netstack4j.testkit.simulation;

import dev.netstack4j.api.spi.StackModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// How a host is made, given to [Simulation#host(String, java.util.function.Consumer)]. What is not said is: every
/// module that the class loader of the simulation finds, 1 CPU, 8 MiB of memory, cards made of software.
public final class HostPlan {
    final List<StackModule> with = new ArrayList<>();
    final TreeSet<String> without = new TreeSet<>();
    final Map<String, Integer> sysctls = new TreeMap<>();
    int cpus = 1;
    long memory = 8L << 20;
    String bus = dev.netstack4j.testkit.simulation.nic.SimulatedModule.KIND;
    String model = dev.netstack4j.testkit.simulation.nic.SimulatedModule.NIC;

    HostPlan() {}

    /// Number of CPUs.
    public HostPlan cpus(int count) {
        cpus = count;
        return this;
    }

    /// Bytes of memory, from 4 MiB on.
    public HostPlan memory(long bytes) {
        memory = bytes;
        return this;
    }

    /// Adds a module: the one that is tested.
    public HostPlan with(StackModule module) {
        with.add(module);
        return this;
    }

    /// Leaves a module out.
    public HostPlan without(String module) {
        without.add(module);
        return this;
    }

    /// Sets a setting.
    public HostPlan sysctl(String name, int value) {
        sysctls.put(name, value);
        return this;
    }

    /// Takes cards of a bus instead of those made of software, with a driver that must be among the modules.
    ///
    /// @param busKind for example `emulated`
    /// @param card    a model of the bus, for example `82540em`
    public HostPlan nic(String busKind, String card) {
        bus = busKind;
        model = card;
        return this;
    }
}

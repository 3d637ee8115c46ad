package dev.netstack4j.api.statistics;

import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.runtime.Cpu;

/// One number, kept per CPU. Adding is a plain write of the owning CPU; a sum read meanwhile may lag.
@ProvidedByCore
public interface Counter {
    /// Adds `amount`. Any context that holds `cpu`.
    void add(Cpu cpu, long amount);

    /// Adds one. Any context that holds `cpu`.
    default void increment(Cpu cpu) {
        add(cpu, 1);
    }

    /// Sum over all CPUs.
    long sum();

    /// What CPU `cpuId` alone has counted.
    long ofCpu(int cpuId);

    /// The name it was registered with, for example `Ip.InReceives`.
    String name();
}

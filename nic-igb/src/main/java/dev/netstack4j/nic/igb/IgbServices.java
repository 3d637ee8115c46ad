package dev.netstack4j.nic.igb;

import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.runtime.WorkQueue;
import java.util.function.Consumer;

/// What the devices of one stack share.
record IgbServices(
        NetDevices netDevices,
        WorkQueue work,
        ControlLock controlLock,
        Cpus cpus,
        Timers timers,
        SkBuffPool pool,
        IgbReasons reasons) {
    /// Does something short that needs a CPU. Process context, holding none.
    void onCpu(Consumer<Cpu> task) {
        Cpu cpu = cpus.enter();
        try {
            task.accept(cpu);
        } finally {
            cpus.leave(cpu);
        }
    }
}

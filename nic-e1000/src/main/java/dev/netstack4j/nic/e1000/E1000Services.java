package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.runtime.WorkQueue;

/// What the devices of one stack share.
record E1000Services(
        NetDevices netDevices,
        WorkQueue work,
        ControlLock controlLock,
        Cpus cpus,
        Timers timers,
        SkBuffPool pool,
        E1000Reasons reasons) {
    /// What is done while holding a CPU.
    interface OnCpu {
        void run(Cpu cpu);
    }

    void onCpu(OnCpu body) {
        Cpu cpu = cpus.enter();
        try {
            body.run(cpu);
        } finally {
            cpus.leave(cpu);
        }
    }
}

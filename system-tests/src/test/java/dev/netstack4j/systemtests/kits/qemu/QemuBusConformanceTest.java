package dev.netstack4j.systemtests.kits.qemu;

import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.bus.qemu.BusQemuModule;
import dev.netstack4j.nic.e1000.E1000Module;
import dev.netstack4j.testkit.kit.bus.PciBusConformance;
import dev.netstack4j.testkit.kit.bus.PciBusSubject;
import dev.netstack4j.testkit.requires.Requires;

/// With QEMU's 82540EM, which has the interrupt line alone.
@Requires(programs = "qemu-system-x86_64")
class QemuBusConformanceTest extends PciBusConformance {
    @Override
    protected PciBusSubject subject() {
        return PciBusSubject.of(new BusQemuModule(), "qemu", "e1000")
                .interrupts(IrqKind.INTX)
                .option("time", "warp")
                .driver(new E1000Module())
                .runtime(seed -> StackFactory.find().realTime());
    }
}

package dev.netstack4j.bus.emulated;

import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.testkit.kit.bus.PciBusConformance;
import dev.netstack4j.testkit.kit.bus.PciBusSubject;

class EmulatedBusConformanceTest extends PciBusConformance {
    @Override
    protected PciBusSubject subject() {
        return PciBusSubject.of(new BusEmulatedModule(), "emulated", "82540em")
                .interrupts(IrqKind.MSI, IrqKind.INTX)
                .option("dma", "checked");
    }
}

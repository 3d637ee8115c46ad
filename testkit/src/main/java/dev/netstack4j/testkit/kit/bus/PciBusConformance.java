package dev.netstack4j.testkit.kit.bus;

import dev.netstack4j.testkit.kit.ConformanceTest;

/// Holds a PCI bus to its contract:
/// ```java
/// class EmulatedBusConformanceTest extends PciBusConformance {
///     @Override
///     protected PciBusSubject subject() {
///         return PciBusSubject.of(new BusEmulatedModule(), "emulated", "82540em")
///                 .interrupts(IrqKind.MSI, IrqKind.INTX)
///                 .option("dma", "checked")
///                 .driver(new E1000Module());
///     }
/// }
/// ```
/// Without a driver the rules about moving data are skipped.
public abstract class PciBusConformance extends ConformanceTest<PciBusSubject> {
    /// Judged by [PciBusKit].
    protected PciBusConformance() {
        super(new PciBusKit());
    }
}

package dev.netstack4j.testkit.kit.nic;

import dev.netstack4j.testkit.kit.ConformanceTest;

/// Holds a NIC driver to its contract:
/// ```java
/// class E1000ConformanceTest extends NicDriverConformance {
///     @Override
///     protected NicDriverSubject subject() {
///         return NicDriverSubject.pci(new E1000Module(), "emulated", "82540em")
///                 .option("dma", "checked")
///                 .can(
///                         NicAbility.SCATTER_GATHER,
///                         NicAbility.CHECKSUM,
///                         NicAbility.VLAN,
///                         NicAbility.LINK_DETECTION,
///                         NicAbility.FLOW_CONTROL);
///     }
/// }
/// ```
/// The test's class path has core and the module that brings the bus. A device in software is made by
/// [NicDriverSubject#software].
public abstract class NicDriverConformance extends ConformanceTest<NicDriverSubject> {
    /// Judged by [NicDriverKit].
    protected NicDriverConformance() {
        super(new NicDriverKit());
    }
}

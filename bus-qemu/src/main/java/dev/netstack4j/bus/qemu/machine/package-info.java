/// The QEMU process of one device: its command line, its private folder, its start and its certain end.
/// Knows nothing of PCI.
@NullMarked
package dev.netstack4j.bus.qemu.machine;

import org.jspecify.annotations.NullMarked;

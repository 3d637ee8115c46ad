/// The driver of the 82540EM gigabit controller. `E1000Driver` takes a device, `E1000Device` is its network device,
/// `DataPath` with `TxRing` and `RxRing` exists while it is open; `Registers`, `TxDescriptor` and `RxDescriptor` are
/// the data sheet.
@NullMarked
package dev.netstack4j.nic.e1000;

import org.jspecify.annotations.NullMarked;

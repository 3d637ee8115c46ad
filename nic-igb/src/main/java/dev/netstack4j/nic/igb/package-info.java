/// The driver of the 82576 gigabit controller. `IgbDriver` takes a device, `IgbDevice` is its network device;
/// `InterruptScheme` holds its vectors and polling contexts, `DataPath` with one `QueuePair` a queue exists while it is
/// open. `Registers`, `TxDescriptor` and `RxDescriptor` are the data sheet.
@NullMarked
package dev.netstack4j.nic.igb;

import org.jspecify.annotations.NullMarked;

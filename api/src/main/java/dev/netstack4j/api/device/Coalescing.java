package dev.netstack4j.api.device;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.NetException;

/// How a device puts interrupts off, where it has more than the one interval of [EthtoolOps#coalesceNanos]. Process
/// context under the control lock. What is set stays set while the device is stopped and opened again.
@ImplementedByExtensions
@Linux("include/linux/ethtool.h#ethtool_ops.set_coalesce")
public interface Coalescing {
    /// What is set.
    CoalesceParameters parameters();

    /// Sets all of it, at once. The device may round times up to its own units.
    ///
    /// @throws NetException EINVAL for times that the device cannot keep; nothing has changed then
    void set(CoalesceParameters parameters) throws NetException;
}

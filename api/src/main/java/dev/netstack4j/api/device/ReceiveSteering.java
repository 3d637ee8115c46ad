package dev.netstack4j.api.device;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.NetException;

/// How a device spreads received flows over its queues, and its queues over CPUs. Process context under the control
/// lock. What is set stays set while the device is stopped and opened again.
@ImplementedByExtensions
@Linux("include/linux/ethtool.h#ethtool_rxfh_param")
public interface ReceiveSteering {
    /// A copy of the hash key.
    byte[] key();

    /// Sets the hash key.
    ///
    /// @throws NetException EINVAL for a wrong number of bytes
    void setKey(byte[] key) throws NetException;

    /// A copy of the indirection table: the queue for each value of the hash's low bits.
    int[] indirection();

    /// Sets the indirection table.
    ///
    /// @throws NetException EINVAL for a wrong number of entries, or a queue that there is not
    void setIndirection(int[] table) throws NetException;

    /// The CPU that handles the interrupt of a queue pair, and polls it.
    ///
    /// @throws NetException EINVAL for a queue that there is not
    int queueCpu(int queue) throws NetException;

    /// Moves a queue pair to another CPU, from its next interrupt on.
    ///
    /// @throws NetException EINVAL for a queue or a CPU that there is not
    void setQueueCpu(int queue, int cpuId) throws NetException;
}

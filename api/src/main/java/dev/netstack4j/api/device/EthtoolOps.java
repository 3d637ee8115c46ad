package dev.netstack4j.api.device;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;

/// Abilities that a driver may have. Process context under the control lock. What is not overridden answers
/// EOPNOTSUPP (NDO-63).
@ImplementedByExtensions
@Linux("include/linux/ethtool.h#ethtool_ops")
public interface EthtoolOps {
    /// Ring sizes: now, and the largest and smallest possible.
    default RingParameters rings() throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "read ring sizes");
    }

    /// Sets ring sizes; a running device is stopped and opened again (NDO-64).
    ///
    /// @throws NetException EINVAL for sizes outside of the range
    default void setRings(int rx, int tx) throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "set ring sizes");
    }

    /// Number of queue pairs in use.
    default int channels() throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "read the number of queues");
    }

    /// Sets the number of queue pairs.
    default void setChannels(int pairs) throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "set the number of queues");
    }

    /// Least time between two interrupts in nanoseconds.
    default long coalesceNanos() throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "read interrupt moderation");
    }

    /// Sets the least time between two interrupts in nanoseconds; 0 turns moderation off.
    default void setCoalesceNanos(long nanos) throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "set interrupt moderation");
    }

    /// All that it can be told of when to interrupt; with an interval alone, [#coalesceNanos] is enough.
    default Coalescing coalescing() throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "delay interrupts");
    }

    /// What it does with pause frames.
    default PauseParameters pause() throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "read flow control");
    }

    /// Sets what it does with pause frames: obey them (rx), send them (tx).
    default void setPause(boolean rx, boolean tx) throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "set flow control");
    }

    /// How it spreads received flows over queues and CPUs.
    default ReceiveSteering receiveSteering() throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "steer received flows");
    }

    /// Link speed in megabits a second; 0 when the link is down.
    default int speedMbps() throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "read the link speed");
    }

    /// Driver name and version for people.
    default String driverInfo() throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "read driver information");
    }
}

package dev.netstack4j.api.device;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.error.NetException;

/// Which CPUs take a device's received packets further, in software. A device with fewer queues than the host has CPUs
/// is spread over them by flow (RPS), or each flow goes to the CPU on which its application reads (RFS). Packets of a
/// flow keep their order. Process context, holding no CPU; changes count from the next packet on. Queues without a
/// setting are handled on the CPU that polls them.
@ProvidedByCore
@Linux("net/core/dev.c#get_rps_cpu")
public interface PacketSteering {
    /// The CPUs over which the packets of a receive queue are spread, a bit each; 0 at first.
    long rpsCpus(NetDevice device, int queue);

    /// Sets these CPUs; 0 ends it.
    ///
    /// @param queue from 0
    /// @param mask  bit `n` for CPU `n`
    /// @throws NetException EINVAL for a CPU that there is not, or a queue that no device has
    @Linux("net/core/net-sysfs.c#store_rps_map")
    void rpsCpus(NetDevice device, int queue, long mask) throws NetException;

    /// How many flows of a receive queue are followed to their readers; 0 at first.
    int rpsFlowCount(NetDevice device, int queue);

    /// Sets how many flows are followed, rounded up to a power of two; 0 ends it. The setting
    /// `net.core.rps_sock_flow_entries` must not be 0 either.
    ///
    /// @throws NetException EINVAL for more than 2^20 flows, or a queue that no device has
    @Linux("net/core/net-sysfs.c#store_rps_dev_flow_table_cnt")
    void rpsFlowCount(NetDevice device, int queue, int flows) throws NetException;
}

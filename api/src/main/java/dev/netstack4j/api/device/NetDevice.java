package dev.netstack4j.api.device;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;

/// A network device: what the stack knows of it, and what its driver tells. Made by [NetDevices].
@ProvidedByCore
@Linux("include/linux/netdevice.h#net_device")
public interface NetDevice {
    /// Interface name, for example `eth0`.
    String name();

    /// Interface index, from 1; never used twice in a stack.
    int ifIndex();

    /// The driver's operations.
    NetDeviceOps ops();

    /// Identity and settings; the driver writes them in process context under the control lock.
    DeviceConfig config();

    /// Its address now.
    default MacAddress macAddress() {
        return config().macAddress();
    }

    /// Largest payload behind the link-layer header, in bytes.
    default int mtu() {
        return config().mtu();
    }

    /// Whether all bits of `mask` ([DeviceFeatures]) are active.
    default boolean hasFeature(long mask) {
        return (config().features() & mask) == mask;
    }

    /// Administratively up: opened and not stopped.
    boolean isUp();

    /// Whether the driver says that the link is there.
    boolean hasCarrier();

    /// The driver tells that the link is there or gone (NDO-65). Any context; notifiers hear of it in process context.
    @Linux("net/sched/sch_generic.c#netif_carrier_on")
    void carrier(boolean present);

    /// Transmit queue `index`, from 0 to `config().txQueues() - 1`.
    TxQueue txQueue(int index);

    /// Adds a NAPI context; the driver enables it in `open`. Process context under the control lock.
    ///
    /// @param name   for listings
    /// @param weight most packets of one poll, usually 64
    @Linux("net/core/dev.c#netif_napi_add_weight")
    Napi addNapi(String name, NapiPoll poll, int weight);
}

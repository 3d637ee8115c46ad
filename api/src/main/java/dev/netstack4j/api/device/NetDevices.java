package dev.netstack4j.api.device;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.error.NetException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The devices of one stack. Making, registering and unregistering: process context under the control lock.
@ProvidedByCore
public interface NetDevices {
    /// Makes a device that nobody sees yet.
    ///
    /// @param nameTemplate `eth%d` takes the next free number; a name without `%d` is used as it is
    @Linux("net/ethernet/eth.c#alloc_etherdev_mqs")
    NetDevice alloc(String nameTemplate, NetDeviceOps ops);

    /// Makes it known. The last step of a probe: from here on it may be opened.
    ///
    /// @throws NetException EEXIST when the name is taken
    @Linux("net/core/dev.c#register_netdev")
    void register(NetDevice device) throws NetException;

    /// Stops it if it is up, tells everybody, waits until no CPU uses it, and forgets it.
    @Linux("net/core/dev.c#unregister_netdev")
    void unregister(NetDevice device);

    /// All registered devices, by index. Any context.
    List<NetDevice> all();

    /// By name; null when there is none. Any context.
    @Nullable
    NetDevice byName(String name);

    /// By index; null when there is none. Any context.
    @Nullable
    NetDevice byIndex(int ifIndex);
}

package dev.netstack4j.api.stack;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.EthtoolOps;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.error.NetException;
import java.util.List;

/// What `ip link` and `ethtool` do. Process context, holding no CPU; takes the control lock itself.
@ProvidedByCore
public interface Links {
    /// All devices, by index.
    List<NetDevice> all();

    /// Opens a device.
    ///
    /// @throws NetException what the driver says
    void up(NetDevice device) throws NetException;

    /// Stops a device; packets of its qdisc are dropped.
    void down(NetDevice device);

    /// Changes the MTU.
    ///
    /// @throws NetException EINVAL outside the device's range
    void mtu(NetDevice device, int bytes) throws NetException;

    /// Changes the station address.
    void macAddress(NetDevice device, MacAddress address) throws NetException;

    /// Switches promiscuous mode.
    void promiscuous(NetDevice device, boolean on) throws NetException;

    /// Joins or leaves a multicast group of the link layer; counted.
    void multicast(NetDevice device, MacAddress group, boolean join) throws NetException;

    /// Wants frames of a VLAN, or no longer; counted. A device that filters VLANs takes those that are wanted, and
    /// every one while none is.
    ///
    /// @throws NetException EINVAL for an id beyond 4095, EADDRNOTAVAIL for one that is not wanted
    @Linux("net/8021q/vlan_core.c#vlan_vid_add")
    void vlan(NetDevice device, int id, boolean wanted) throws NetException;

    /// Switches features of [dev.netstack4j.api.device.DeviceFeatures], among those that the driver declared
    /// switchable.
    void features(NetDevice device, long features) throws NetException;

    /// Sets the number of queue pairs in use, up or down: packets that wait for a queue that goes are dropped, the
    /// others go on.
    ///
    /// @throws NetException EOPNOTSUPP for a device with one queue; what the driver says otherwise
    @Linux("net/ethtool/channels.c#ethnl_set_channels")
    void channels(NetDevice device, int pairs) throws NetException;

    /// Uses optional abilities of a device under the control lock.
    ///
    /// @throws NetException what the ability says
    void ethtool(NetDevice device, EthtoolUse use) throws NetException;

    /// What is to be done with a device's optional abilities. Called once, in process context under the control lock.
    @FunctionalInterface
    interface EthtoolUse {
        /// Reads or sets something.
        void with(EthtoolOps ethtool) throws NetException;
    }

    /// What the device has counted.
    DeviceStats stats(NetDevice device);
}

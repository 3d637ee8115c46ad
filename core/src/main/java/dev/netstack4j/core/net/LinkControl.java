package dev.netstack4j.core.net;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.device.DeviceEvent;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.stack.Links;
import dev.netstack4j.core.net.device.Device;
import dev.netstack4j.core.net.device.DeviceNotifiers;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/// What `ip link` and `ethtool` do: each call takes the control lock, asks the driver, then stores what it agreed to.
@Singleton
public final class LinkControl implements Links {
    private static final int MOST_VLAN = 4095;

    private final NetDeviceTable devices;
    private final DeviceActivation activation;
    private final DeviceNotifiers notifiers;
    private final ControlLock control;

    /// Injected.
    @Inject
    public LinkControl(
            NetDeviceTable devices, DeviceActivation activation, DeviceNotifiers notifiers, ControlLock control) {
        this.devices = devices;
        this.activation = activation;
        this.notifiers = notifiers;
        this.control = control;
    }

    /// A change of one device under the control lock.
    @FunctionalInterface
    private interface Change {
        void apply(Device device) throws NetException;
    }

    private void locked(String what, NetDevice device, Change change) throws NetException {
        control.lock();
        try {
            change.apply(registered(device));
        } catch (RuntimeException | LinkageError e) {
            throw new NetException(Errno.EIO, what + " of " + device, e);
        } finally {
            control.unlock();
        }
    }

    private Device registered(NetDevice device) throws NetException {
        if (device instanceof Device own && devices.byIndex(device.ifIndex()) == device) {
            return own;
        }
        throw new NetException(Errno.ENODEV, "find device " + device);
    }

    @Override
    public List<NetDevice> all() {
        return devices.all();
    }

    @Override
    public void up(NetDevice device) throws NetException {
        locked("opening", device, activation::open);
    }

    @Override
    public void down(NetDevice device) {
        control.lock();
        try {
            if (device instanceof Device own) {
                activation.close(own);
            }
        } finally {
            control.unlock();
        }
    }

    @Override
    public void mtu(NetDevice device, int bytes) throws NetException {
        locked("changing the MTU", device, d -> {
            if (bytes < d.config().leastMtu() || bytes > d.config().mostMtu()) {
                throw new NetException(
                        Errno.EINVAL,
                        "set the MTU of " + d + " to " + bytes + ", which takes "
                                + d.config().leastMtu() + " to " + d.config().mostMtu());
            }
            d.ops().changeMtu(bytes);
            d.config().mtu(bytes);
            notifiers.changed(d, DeviceEvent.MTU);
        });
    }

    @Override
    public void macAddress(NetDevice device, MacAddress address) throws NetException {
        locked("changing the address", device, d -> {
            if (!address.isValidStation()) {
                throw new NetException(Errno.EADDRNOTAVAIL, "give " + d + " the address " + address);
            }
            d.ops().setMacAddress(address);
            d.config().macAddress(address);
            notifiers.changed(d, DeviceEvent.ADDRESS);
        });
    }

    @Override
    public void promiscuous(NetDevice device, boolean on) throws NetException {
        locked("switching promiscuous mode", device, d -> {
            if (d.receiveFilter().promiscuous(on)) {
                int flags = d.config().flags() & ~DeviceFlags.PROMISC;
                d.config().flags(flags | (on ? DeviceFlags.PROMISC : 0));
                DeviceActivation.applyFilter(d);
            }
        });
    }

    @Override
    public void multicast(NetDevice device, MacAddress group, boolean join) throws NetException {
        locked("changing groups", device, d -> {
            if (!group.isMulticast()) {
                throw new NetException(Errno.EINVAL, "use " + group + " as a group of " + d);
            }
            if (!join && !d.receiveFilter().has(group)) {
                throw new NetException(Errno.EADDRNOTAVAIL, "leave group " + group + " on " + d);
            }
            if (join ? d.receiveFilter().join(group) : d.receiveFilter().leave(group)) {
                DeviceActivation.applyFilter(d);
            }
        });
    }

    @Override
    public void vlan(NetDevice device, int id, boolean wanted) throws NetException {
        locked("changing VLANs", device, d -> {
            if (id < 0 || id > MOST_VLAN) {
                throw new NetException(Errno.EINVAL, "want VLAN " + id + " on " + d);
            }
            if (!wanted && !d.vlans().has(id)) {
                throw new NetException(Errno.EADDRNOTAVAIL, "want VLAN " + id + " no longer on " + d);
            }
            if (wanted ? d.vlans().add(id) : d.vlans().remove(id)) {
                d.ops().vlanFilter(id, wanted);
            }
        });
    }

    @Override
    public void features(NetDevice device, long features) throws NetException {
        locked("switching features", device, d -> {
            long changed = d.config().features() ^ features;
            if ((changed & ~d.config().hardwareFeatures()) != 0) {
                throw new NetException(Errno.EOPNOTSUPP, "switch features of " + d + " that are fixed");
            }
            if (changed != 0) {
                d.ops().setFeatures(features);
                d.config().features(features);
            }
        });
    }

    @Override
    public void channels(NetDevice device, int pairs) throws NetException {
        locked("changing the number of queues", device, d -> activation.channels(d, pairs));
    }

    @Override
    public void ethtool(NetDevice device, EthtoolUse use) throws NetException {
        locked("using an ability", device, d -> use.with(d.config().ethtool()));
    }

    @Override
    public DeviceStats stats(NetDevice device) {
        DeviceStats stats = new DeviceStats();
        control.lock();
        try {
            device.ops().stats(stats);
        } finally {
            control.unlock();
        }
        return stats;
    }
}

package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.device.DeviceConfig;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NapiPoll;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.device.TxQueue;
import dev.netstack4j.api.error.NetException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The devices of a stack as the driver under judgement sees them: those that it makes are watched.
public final class WatchedNetDevices implements NetDevices {
    private final NetDevices inner;
    private final Watch watch;
    private final Received received;
    private final List<NetDevice> registered = new ArrayList<>();
    private Registering registering = device -> {};

    /// What the kit does in the moment in which a device becomes known.
    @FunctionalInterface
    public interface Registering {
        /// The device was registered; its driver still probes.
        void registered(NetDevice device) throws NetException;
    }

    WatchedNetDevices(NetDevices inner, Watch watch, Received received) {
        this.inner = inner;
        this.watch = watch;
        this.received = received;
    }

    /// Does something when the next device is registered.
    public void whenRegistered(Registering action) {
        registering = action;
    }

    /// Devices of the driver that are registered now, as core knows them.
    public List<NetDevice> registered() {
        return List.copyOf(registered);
    }

    @Override
    public NetDevice alloc(String nameTemplate, NetDeviceOps ops) {
        return new WatchedNetDevice(inner.alloc(nameTemplate, new WatchedOps(ops, watch)));
    }

    @Override
    public void register(NetDevice device) throws NetException {
        inner.register(unwrap(device));
        registered.add(unwrap(device));
        registering.registered(unwrap(device));
    }

    @Override
    public void unregister(NetDevice device) {
        inner.unregister(unwrap(device));
        registered.remove(unwrap(device));
    }

    private static NetDevice unwrap(NetDevice device) {
        return device instanceof WatchedNetDevice w ? w.device : device;
    }

    @Override
    public List<NetDevice> all() {
        return inner.all();
    }

    @Override
    public @Nullable NetDevice byName(String name) {
        return inner.byName(name);
    }

    @Override
    public @Nullable NetDevice byIndex(int ifIndex) {
        return inner.byIndex(ifIndex);
    }

    private final class WatchedNetDevice implements NetDevice {
        private final NetDevice device;

        WatchedNetDevice(NetDevice device) {
            this.device = device;
        }

        @Override
        public String name() {
            return device.name();
        }

        @Override
        public int ifIndex() {
            return device.ifIndex();
        }

        @Override
        public NetDeviceOps ops() {
            return device.ops();
        }

        @Override
        public DeviceConfig config() {
            return device.config();
        }

        @Override
        public boolean isUp() {
            return device.isUp();
        }

        @Override
        public boolean hasCarrier() {
            return device.hasCarrier();
        }

        @Override
        public void carrier(boolean present) {
            device.carrier(present);
        }

        @Override
        public TxQueue txQueue(int index) {
            return device.txQueue(index);
        }

        @Override
        public Napi addNapi(String name, NapiPoll poll, int weight) {
            WatchedNapi watched = new WatchedNapi(poll, watch, received, this, device);
            return watched.on(device.addNapi(name, watched, weight));
        }

        @Override
        public String toString() {
            return device.toString();
        }
    }
}

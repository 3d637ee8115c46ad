package dev.netstack4j.proto.ipv4.rig;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.protocol.InetProtocols;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.api.spi.PlugPoint;
import dev.netstack4j.api.spi.Plugged;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The small services of core that this module uses.
final class FakeServices {
    private FakeServices() {}

    /// Devices in a list.
    static final class Devices implements NetDevices {
        final List<NetDevice> list = new ArrayList<>();

        @Override
        public NetDevice alloc(String nameTemplate, NetDeviceOps ops) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void register(NetDevice device) {
            list.add(device);
        }

        @Override
        public void unregister(NetDevice device) {
            list.remove(device);
        }

        @Override
        public List<NetDevice> all() {
            return List.copyOf(list);
        }

        @Override
        public @Nullable NetDevice byName(String name) {
            return list.stream().filter(d -> d.name().equals(name)).findFirst().orElse(null);
        }

        @Override
        public @Nullable NetDevice byIndex(int ifIndex) {
            return list.stream().filter(d -> d.ifIndex() == ifIndex).findFirst().orElse(null);
        }
    }

    /// A protocol table.
    static final class Protocols implements InetProtocols {
        final @Nullable NetProtocol[] table = new @Nullable NetProtocol[256];

        @Override
        public @Nullable NetProtocol find(AddressFamily family, int number) {
            return table[number];
        }

        @Override
        public Registration add(AddressFamily family, int number, NetProtocol protocol, String owner) {
            table[number] = protocol;
            return () -> table[number] = null;
        }
    }

    /// One CPU.
    record OneCpu(Cpu cpu) implements Cpus {
        @Override
        public int count() {
            return 1;
        }

        @Override
        public Cpu enter() {
            return cpu;
        }

        @Override
        public void leave(Cpu left) {}

        @Override
        public void synchronizeNet() {}

        @Override
        public void raiseOn(int cpuId, SoftIrqVector vector) {}

        @Override
        public CpuIdle idle(int cpuId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void idleWith(int cpuId, CpuIdle idle) {}
    }

    /// A lock for one thread.
    static final class Lock implements ControlLock {
        @Override
        public void lock() {}

        @Override
        public void unlock() {}

        @Override
        public void assertHeld() {}
    }

    /// What the test contributes, of any plug point.
    static final class Plugs implements Plugged {
        final List<Object> objects = new ArrayList<>();

        @Override
        public <T> @Nullable T find(PlugPoint<T> point, String key) {
            return null;
        }

        @Override
        public <T> List<T> all(PlugPoint<T> point) {
            return objects.stream()
                    .filter(point.type()::isInstance)
                    .map(point.type()::cast)
                    .toList();
        }

        @Override
        public List<String> keys(PlugPoint<?> point) {
            return List.of();
        }
    }
}

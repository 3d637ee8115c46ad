package dev.netstack4j.core.net;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.spi.Lifecycle;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The devices of one stack.
@Singleton
public final class NetDeviceTable implements NetDevices, Lifecycle {
    @Inject
    public NetDeviceTable() {}

    @Override
    public NetDevice alloc(String nameTemplate, NetDeviceOps ops) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public void register(NetDevice device) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public void unregister(NetDevice device) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public List<NetDevice> all() {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public @Nullable NetDevice byName(String name) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public @Nullable NetDevice byIndex(int ifIndex) {
        throw new UnsupportedOperationException("being written");
    }
}

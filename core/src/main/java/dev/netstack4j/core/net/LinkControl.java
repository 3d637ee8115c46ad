package dev.netstack4j.core.net;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.stack.Links;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/// What `ip link` does.
@Singleton
public final class LinkControl implements Links {
    @Inject
    public LinkControl() {}

    @Override
    public List<NetDevice> all() {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public void up(NetDevice device) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public void down(NetDevice device) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public void mtu(NetDevice device, int bytes) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public void macAddress(NetDevice device, MacAddress address) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public void promiscuous(NetDevice device, boolean on) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public void multicast(NetDevice device, MacAddress group, boolean join) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public void features(NetDevice device, long features) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public DeviceStats stats(NetDevice device) {
        throw new UnsupportedOperationException("being written");
    }
}

package dev.netstack4j.core.net;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.qdisc.QdiscStats;
import dev.netstack4j.api.qdisc.Qdiscs;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/// Traffic control.
@Singleton
public final class QdiscControl implements Qdiscs {
    @Inject
    public QdiscControl() {}

    @Override
    public void replace(NetDevice device, String kind, Options options) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public void change(NetDevice device, Options options) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public String kind(NetDevice device) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public List<QdiscStats> stats(NetDevice device) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public List<String> kinds() {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public Options.Builder options(String kind) {
        throw new UnsupportedOperationException("being written");
    }
}

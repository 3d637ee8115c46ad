package dev.netstack4j.core.net;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.link.RxHandler;
import dev.netstack4j.api.runtime.Cpu;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// The ways into and out of the link layer.
@Singleton
public final class LinkLayerPath implements LinkLayer {
    @Inject
    public LinkLayerPath() {}

    @Override
    public int devQueueXmit(SkBuff skb, Cpu cpu) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public void netifReceive(SkBuff skb, Cpu cpu) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public boolean netifRx(SkBuff skb, Cpu cpu) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public void rxHandler(NetDevice device, @Nullable RxHandler handler) {
        throw new UnsupportedOperationException("being written");
    }
}

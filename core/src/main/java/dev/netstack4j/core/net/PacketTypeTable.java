package dev.netstack4j.core.net;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.link.PacketTypes;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.spi.Lifecycle;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Who receives which EtherType.
@Singleton
public final class PacketTypeTable implements PacketTypes, Lifecycle {
    @Inject
    public PacketTypeTable() {}

    @Override
    public Registration add(int etherType, @Nullable NetDevice device, PacketHandler handler, String owner) {
        throw new UnsupportedOperationException("being written");
    }
}

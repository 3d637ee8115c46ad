package dev.netstack4j.core.net;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.protocol.InetProtocols;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.spi.Lifecycle;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// The protocols above IP.
@Singleton
public final class InetProtocolTable implements InetProtocols, Lifecycle {
    @Inject
    public InetProtocolTable() {}

    @Override
    public @Nullable NetProtocol find(AddressFamily family, int number) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public Registration add(AddressFamily family, int number, NetProtocol protocol, String owner) {
        throw new UnsupportedOperationException("being written");
    }
}

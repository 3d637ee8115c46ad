package dev.netstack4j.systemtests.kits.socket;

import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;

/// Contributes the reference families: datagrams in frames of their own EtherType, and streams within the host.
final class RefSocketModule implements StackModule {
    static final int ETHER_TYPE = 0x88B7;

    @Override
    public String name() {
        return "family-reference";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.service(RefPart.class, RefPart.class);
        c.service(RefFrames.class, RefFrames.class);
        c.packetType(ETHER_TYPE, RefInput.class);
        c.socket(RefAddress.FAMILY, SocketType.DGRAM, 1, RefDatagramOps.class);
        c.socket(RefAddress.FAMILY, SocketType.STREAM, 2, RefStreamOps.class);
    }
}

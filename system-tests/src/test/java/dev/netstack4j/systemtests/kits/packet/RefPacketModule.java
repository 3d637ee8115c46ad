package dev.netstack4j.systemtests.kits.packet;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.protocol.InetError;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import jakarta.inject.Inject;
import java.lang.invoke.MethodHandles;

/// Contributes the reference handler as an EtherType and as an IP protocol.
final class RefPacketModule implements StackModule {
    static final int ETHER_TYPE = 0x88B6;
    static final int PROTOCOL = 254;

    @Override
    public String name() {
        return "proto-reference";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.service(RefPart.class, RefPart.class);
        c.packetType(ETHER_TYPE, Handler.class);
        c.netProtocol(AddressFamily.INET, PROTOCOL, Protocol.class);
    }

    static final class Handler implements PacketHandler {
        private final RefPart part;

        @Inject
        Handler(RefPart part) {
            this.part = part;
        }

        @Override
        public void receive(SkBuff skb, NetDevice device, NetDevice original, Cpu cpu) {
            part.receive(skb, cpu);
        }
    }

    static final class Protocol implements NetProtocol {
        private final RefPart part;

        @Inject
        Protocol(RefPart part) {
            this.part = part;
        }

        @Override
        public void receive(SkBuff skb, Cpu cpu) {
            part.receive(skb, cpu);
        }

        @Override
        public void error(SkBuff quoted, InetError error, Cpu cpu) {
            part.error(quoted);
        }
    }
}

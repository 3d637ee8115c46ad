package dev.netstack4j.systemtests.kits.socket;

import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.proto.udp.UdpModule;
import dev.netstack4j.testkit.kit.packet.PeerFrames;
import dev.netstack4j.testkit.kit.socket.SocketAbility;
import dev.netstack4j.testkit.kit.socket.SocketConformance;
import dev.netstack4j.testkit.kit.socket.SocketSubject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class UdpSocketConformanceTest extends SocketConformance {
    @Override
    protected SocketSubject subject() {
        return new InetSubject() {
            @Override
            public StackModule stackModule() {
                return new UdpModule();
            }

            @Override
            public int type() {
                return SocketType.DGRAM;
            }

            @Override
            public Set<SocketAbility> abilities() {
                return EnumSet.of(
                        SocketAbility.BIND, SocketAbility.EXCLUSIVE, SocketAbility.CONNECT, SocketAbility.SHUTDOWN);
            }

            @Override
            public List<byte[]> frames() {
                return List.of(PeerFrames.udp(PORT, new byte[0]), PeerFrames.udp(PORT, new byte[500]));
            }
        };
    }
}

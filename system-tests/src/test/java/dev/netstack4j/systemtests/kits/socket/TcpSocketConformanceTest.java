package dev.netstack4j.systemtests.kits.socket;

import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.proto.tcp.TcpModule;
import dev.netstack4j.testkit.kit.packet.PeerFrames;
import dev.netstack4j.testkit.kit.socket.SocketAbility;
import dev.netstack4j.testkit.kit.socket.SocketConformance;
import dev.netstack4j.testkit.kit.socket.SocketSubject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class TcpSocketConformanceTest extends SocketConformance {
    @Override
    protected SocketSubject subject() {
        return new InetSubject() {
            @Override
            public StackModule stackModule() {
                return new TcpModule();
            }

            @Override
            public int type() {
                return SocketType.STREAM;
            }

            @Override
            public Set<SocketAbility> abilities() {
                return EnumSet.complementOf(EnumSet.of(SocketAbility.ECHO));
            }

            @Override
            public SockAddress nobody() {
                return InetSockAddress.of("127.0.0.1", 1);
            }

            @Override
            public List<byte[]> frames() {
                return List.of(PeerFrames.tcpSyn(PORT));
            }
        };
    }
}

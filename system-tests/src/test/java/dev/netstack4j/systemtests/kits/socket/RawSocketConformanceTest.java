package dev.netstack4j.systemtests.kits.socket;

import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.proto.ipv4.Ipv4Module;
import dev.netstack4j.testkit.kit.packet.PeerFrames;
import dev.netstack4j.testkit.kit.socket.SocketAbility;
import dev.netstack4j.testkit.kit.socket.SocketConformance;
import dev.netstack4j.testkit.kit.socket.SocketSubject;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Raw sockets get every packet of their protocol, their own included, with its IP header.
class RawSocketConformanceTest extends SocketConformance {
    private static final int PROTOCOL = 253;
    private static final int IP_HEADER = 20;

    @Override
    protected SocketSubject subject() {
        return new InetSubject() {
            @Override
            public StackModule stackModule() {
                return new Ipv4Module();
            }

            @Override
            public int type() {
                return SocketType.RAW;
            }

            @Override
            public int protocol() {
                return PROTOCOL;
            }

            @Override
            public Set<SocketAbility> abilities() {
                return EnumSet.of(
                        SocketAbility.BIND, SocketAbility.CONNECT, SocketAbility.SHUTDOWN, SocketAbility.ECHO);
            }

            @Override
            public SockAddress address(int number) {
                return InetSockAddress.of("127.0.0.1", 0);
            }

            @Override
            public boolean arrives(byte[] sent, byte[] received) {
                return received.length == IP_HEADER + sent.length
                        && Arrays.equals(sent, Arrays.copyOfRange(received, IP_HEADER, received.length));
            }

            @Override
            public List<byte[]> frames() {
                return List.of(PeerFrames.ipv4(PROTOCOL, new byte[100]));
            }
        };
    }
}

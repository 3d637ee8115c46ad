package dev.netstack4j.systemtests.kits.packet;

import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.proto.udp.UdpModule;
import dev.netstack4j.testkit.kit.ipprotocol.IpProtocolConformance;
import dev.netstack4j.testkit.kit.ipprotocol.IpProtocolSubject;
import dev.netstack4j.testkit.kit.packet.PeerFrames;
import java.util.List;

class UdpConformanceTest extends IpProtocolConformance {
    @Override
    protected IpProtocolSubject subject() {
        return new IpProtocolSubject() {
            @Override
            public StackModule stackModule() {
                return new UdpModule();
            }

            @Override
            public List<byte[]> validFrames() {
                return List.of(PeerFrames.udp(5000, new byte[0]), PeerFrames.udp(5000, new byte[500]));
            }

            @Override
            public void prepare(Stack stack) {
                int fd = stack.sockets().socket(2, SocketType.DGRAM, 0);
                stack.sockets().bind(fd, InetSockAddress.of("10.0.0.1", 5000));
            }
        };
    }
}

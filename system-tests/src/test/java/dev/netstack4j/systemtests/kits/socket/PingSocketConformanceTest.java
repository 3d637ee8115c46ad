package dev.netstack4j.systemtests.kits.socket;

import dev.netstack4j.api.protocol.IpProtocol;
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
import java.util.SplittableRandom;

/// Ping sockets send echo requests and read the replies.
class PingSocketConformanceTest extends SocketConformance {
    private static final int ICMP_HEADER = 8;

    @Override
    protected SocketSubject subject() {
        return new InetSubject() {
            @Override
            public StackModule stackModule() {
                return new Ipv4Module();
            }

            @Override
            public int type() {
                return SocketType.DGRAM;
            }

            @Override
            public int protocol() {
                return IpProtocol.ICMP;
            }

            @Override
            public Set<SocketAbility> abilities() {
                return EnumSet.of(
                        SocketAbility.BIND,
                        SocketAbility.EXCLUSIVE,
                        SocketAbility.CONNECT,
                        SocketAbility.SHUTDOWN,
                        SocketAbility.ECHO);
            }

            @Override
            public byte[] message(SplittableRandom random, int bytes) {
                byte[] request = new byte[Math.max(ICMP_HEADER, bytes)];
                random.nextBytes(request);
                request[0] = 8;
                request[1] = 0;
                return request;
            }

            @Override
            public boolean arrives(byte[] sent, byte[] received) {
                return received.length == sent.length && received[0] == 0 && Arrays.equals(data(sent), data(received));
            }

            private static byte[] data(byte[] message) {
                return Arrays.copyOfRange(message, ICMP_HEADER, message.length);
            }

            @Override
            public List<byte[]> frames() {
                return List.of(PeerFrames.ping(new byte[40]), PeerFrames.ping(new byte[1000]));
            }
        };
    }
}

package dev.netstack4j.systemtests.hostile;

import static dev.netstack4j.testkit.simulation.Simulation.MILLISECOND;
import static dev.netstack4j.testkit.simulation.Simulation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.runtime.CpuCost;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.SimLink;
import dev.netstack4j.testkit.simulation.Simulation;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/// A flood of 100,000 SYNs a second from addresses that do not exist, in virtual time, against a host whose CPU needs
/// time for each packet.
class SynFloodTest {
    private static final int TCP = 6;
    private static final int PORT = 80;
    private static final int SYNS = 10_000;
    private static final int SYNS_AT_ONCE = 10;
    private static final long NANOS_BETWEEN = 100_000;
    /// The flood alone keeps the CPU busy for six tenths of the time.
    private static final long NANOS_PER_PACKET = 6_000;
    private static final int TRANSFERRED = 200_000;

    @Test
    void aFloodOfSynsStopsNeitherATransferNorAConnect() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimHost server = net.host("server");
            SimHost client = net.host("client");
            SimHost attacker = net.host("attacker");
            net.link(server, client).shape("rate=1gbit delay=1ms");
            SimLink dark = net.link(server, attacker).shape("rate=1gbit delay=1ms");
            server.route("192.168.0.0/16", attacker.address(dark), dark);
            attacker.route("0.0.0.0/0", server.address(dark), dark);
            net.runtime().cost(new CpuCost() {
                @Override
                public long pollNanos(String cpu, int packets) {
                    return cpu.startsWith("server/") ? packets * NANOS_PER_PACKET : 0;
                }
            });
            int[] served = new int[1];
            server.run("serve", () -> serve(net, server, served));
            long[] bytes = new long[2];
            long[] took = new long[2];
            client.run("transfer", () -> {
                bytes[0] = echo(client, server, TRANSFERRED, net, 2 * MILLISECOND);
                took[0] = net.nowNanos();
            });
            long[] ended = new long[1];
            attacker.run("flood", () -> {
                flood(net, attacker, server);
                ended[0] = net.nowNanos();
            });
            client.run("connect", () -> {
                bytes[1] = echo(client, server, 1000, net, 60 * MILLISECOND);
                took[1] = net.nowNanos();
            });
            net.join(60 * SECOND);
            Counters counters = server.stack().service(Counters.class);
            assertEquals(TRANSFERRED, bytes[0]);
            assertEquals(1000, bytes[1]);
            assertEquals(2, served[0]);
            assertTrue(counters.value("TcpExt.SyncookiesSent") > SYNS / 2, "cookies were sent");
            assertEquals(1, counters.value("TcpExt.SyncookiesRecv"));
            assertEquals(110 * MILLISECOND, ended[0], "the flood was as fast as it should be");
            assertTrue(took[0] < 230 * MILLISECOND, "the transfer, 200 ms long, ended at " + took[0] + " ns");
            assertTrue(took[1] < 75 * MILLISECOND, "the connection in the midst of it ended at " + took[1] + " ns");
        }
    }

    private static void serve(Simulation net, SimHost server, int[] served) throws IOException {
        try (StreamServer listener = StreamServer.listen(server.sockets(), server.at(PORT), 16)) {
            while (served[0] < 2) {
                StreamSocket s = listener.accept();
                served[0]++;
                server.run("echo" + served[0], () -> {
                    try (s) {
                        s.input().transferTo(s.output());
                    }
                });
            }
            net.sleep(2 * SECOND); // answers the flood to its end
        }
    }

    /// @return bytes that came back
    private static long echo(SimHost client, SimHost server, int bytes, Simulation net, long after) throws IOException {
        net.sleep(after);
        try (StreamSocket s = StreamSocket.connect(client.sockets(), server.at(PORT))) {
            client.run("send" + bytes, () -> {
                byte[] piece = new byte[1000];
                for (int i = 0; i < bytes / piece.length; i++) {
                    s.output().write(piece);
                    net.sleep(MILLISECOND);
                }
                s.shutdownOutput();
            });
            return s.input().readAllBytes().length;
        }
    }

    /// Ten SYNs in a tenth of a millisecond.
    private static void flood(Simulation net, SimHost attacker, SimHost server) {
        int fd = attacker.sockets().socket(AddressFamily.INET.number(), SocketType.RAW, TCP);
        attacker.sockets().setsockopt(fd, SocketOption.SOL_IP, SocketOption.IP_HDRINCL, OptionValue.of(1));
        net.sleep(10 * MILLISECOND);
        for (int i = 0; i < SYNS; i++) {
            byte[] packet = syn(0xC0A8_0000 + i, server.address().v4Bits(), 1024 + i % 30_000);
            long sent = attacker.sockets()
                    .sendmsg(
                            fd,
                            new Message().bytes(packet, 0, packet.length).to(InetSockAddress.of(server.address(), 0)));
            assertEquals(packet.length, sent);
            if (i % SYNS_AT_ONCE == SYNS_AT_ONCE - 1) {
                net.sleep(NANOS_BETWEEN);
            }
        }
        attacker.sockets().close(fd);
    }

    private static byte[] syn(int from, int to, int port) {
        ByteBuffer b = ByteBuffer.allocate(40);
        b.put((byte) 0x45).put((byte) 0).putShort((short) 40).putInt(0);
        b.put((byte) 64).put((byte) TCP).putShort((short) 0).putInt(from).putInt(to);
        b.putShort((short) port).putShort((short) PORT).putInt(from * 31).putInt(0);
        b.putShort((short) 0x5002).putShort((short) 65535).putShort((short) 0).putShort((short) 0);
        int sum = TCP + 20;
        for (int i = 12; i < 40; i += 2) {
            sum += b.getShort(i) & 0xFFFF;
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        b.putShort(36, (short) ~((sum & 0xFFFF) + (sum >>> 16)));
        return b.array();
    }
}

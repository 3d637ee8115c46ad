package dev.netstack4j.systemtests.igb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.systemtests.igb.Hosts.Card;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A cable of 1 Gbit/s: what fits through it, and what becomes of frames that a slow receiver has no room for.
class LineRateTest {
    private static final Map<String, String> GIGABIT = Map.of("rate", "1gbit");
    private static final int MILLION = 1_000_000;

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    void tcpFillsTheCableWithItsPayload(String model) throws Exception {
        Card card = new Card(model, 1, Map.of());
        try (Hosts hosts = Hosts.of(card, card, GIGABIT)) {
            int all = 24 * MILLION;
            int warm = 8 * MILLION;
            long[] at = new long[2];
            AppThread reader = hosts.start("reader", () -> {
                try (StreamServer l = StreamServer.listen(hosts.b.sockets(), Hosts.addressOf(2, 80), 1);
                        StreamSocket s = l.accept()) {
                    byte[] piece = new byte[64 << 10];
                    long got = 0;
                    for (int n = s.read(piece, 0, piece.length); n > 0; n = s.read(piece, 0, piece.length)) {
                        boolean before = got < warm;
                        got += n;
                        if (before && got >= warm) {
                            at[0] = hosts.runtime.clock().nanos();
                            at[1] = -got;
                        }
                    }
                    at[0] = hosts.runtime.clock().nanos() - at[0];
                    at[1] += got;
                }
            });
            AppThread writer = hosts.start("writer", () -> {
                hosts.runtime.pause(MILLION);
                try (StreamSocket s = StreamSocket.connect(hosts.a.sockets(), Hosts.addressOf(2, 80))) {
                    byte[] piece = new byte[MILLION];
                    for (int sent = 0; sent < all; sent += piece.length) {
                        s.write(piece, 0, piece.length);
                    }
                }
            });
            writer.join();
            reader.join();
            double megabits = at[1] * 8e3 / at[0];
            assertTrue(megabits > 940 && megabits < 950, megabits + " Mbit/s of payload");
        }
    }

    /// Sends datagrams as fast as the cable takes them.
    private static AppThread blast(Hosts hosts, int count, int bytes) {
        return hosts.start("blast", () -> {
            try (DatagramPort out = DatagramPort.bind(hosts.a.sockets(), InetSockAddress.of("0.0.0.0", 7001))) {
                byte[] payload = new byte[bytes];
                for (int i = 0; i < count; i++) {
                    out.send(payload, 0, bytes, Hosts.addressOf(2, 7000));
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    @Mechanism("I14")
    void theSmallestFramesPassAtTheRateThatTheCableAllows(String model) throws Exception {
        Card card = new Card(model, 1, Map.of());
        try (Hosts hosts = Hosts.of(card, card, GIGABIT)) {
            blast(hosts, 1, 18).join();
            hosts.runtime.pause(MILLION);
            AppThread sender = blast(hosts, 60_000, 18);
            hosts.runtime.pause(5 * MILLION);
            long before = Hosts.count(hosts.b, "rx_packets");
            long start = hosts.runtime.clock().nanos();
            hosts.runtime.pause(20 * MILLION);
            long frames = Hosts.count(hosts.b, "rx_packets") - before;
            long nanos = hosts.runtime.clock().nanos() - start;
            double perSecond = frames * 1e9 / nanos;
            sender.join();
            assertTrue(perSecond > 1_485_000 && perSecond < 1_489_000, perSecond + " frames a second");
        }
    }

    /// A receiver that looks at its ring of 80 descriptors every 8 ms, while 12 us bring a frame.
    private static DeviceStats[] overwhelm(String model, String flow) throws Exception {
        Card slow = new Card(model, 1, Hosts.pairs("rx=80", "itr=8ms", "flow=" + flow));
        Card fast = new Card(model, 1, Hosts.pairs("flow=" + flow));
        try (Hosts hosts = Hosts.of(fast, slow, GIGABIT)) {
            blast(hosts, 1, 18).join();
            hosts.runtime.pause(20 * MILLION);
            blast(hosts, 3000, 1400).join();
            hosts.runtime.pause(2 * Hosts.SECOND);
            return new DeviceStats[] {Hosts.stats(hosts.a), Hosts.stats(hosts.b)};
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    @Mechanism("I13")
    void aSlowReceiverThatSendsPauseFramesLosesNothing(String model) throws Exception {
        DeviceStats[] s = overwhelm(model, "true");
        assertEquals(0, s[1].rxMissed);
        assertTrue(s[1].chip().get("tx_flow_control_xoff") > 0);
        assertTrue(s[1].chip().get("tx_flow_control_xon") > 0);
        assertEquals(s[1].chip().get("tx_flow_control_xoff"), s[0].chip().get("rx_flow_control_xoff"));
        assertEquals(s[1].chip().get("tx_flow_control_xon"), s[0].chip().get("rx_flow_control_xon"));
        assertEquals(s[0].txPackets, s[1].rxPackets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    @Mechanism("I13")
    void withoutPauseFramesASlowReceiverCountsWhatItMisses(String model) throws Exception {
        DeviceStats[] s = overwhelm(model, "false");
        assertTrue(s[1].rxMissed > 1000, s[1].rxMissed + " missed");
        assertEquals(0, s[1].chip().get("tx_flow_control_xoff"));
        assertEquals(s[0].txPackets, s[1].rxPackets + s[1].rxMissed);
    }
}

package dev.netstack4j.cli.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.cli.control.Segments.Segment;
import dev.netstack4j.cli.control.link.LinkSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A client that is the whole network: every segment is its own, and so is time.
class RawWireTest {
    private static final int PORT = 40_000;
    /// How late a coarse timer may be.
    private static final long COARSE_NANOS = 8_000_000;

    private final Bench bench;
    private final Client client;

    RawWireTest() throws Exception {
        bench = Bench.virtual(LinkSettings.ip("tun0"));
        client = bench.client;
        client.ok("addr.add", "prefix", "192.0.2.1/24", "dev", "tun0");
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    private void inject(int seq, int ack, int flags, String payload) {
        client.ok("net.send", "packet", Segments.make(PORT, 80, seq, ack, flags, payload));
    }

    private Segment emitted() {
        Map<String, Object> reply = client.call("net.recv");
        assertEquals(0L, reply.get("ret"), reply::toString);
        return Segments.parse(reply.get("packet"));
    }

    private int listener() {
        int fd = bench.tcp();
        client.ok("bind", "fd", fd, "ip", "0.0.0.0", "port", 80);
        client.ok("listen", "fd", fd, "backlog", 1);
        return fd;
    }

    /// An accepted connection whose peer is this test.
    private int[] handshake(int listener) {
        Client other = bench.join("main");
        other.blocks("accept", "fd", listener, "notify", true);
        inject(100, 0, Segments.SYN, "");
        Segment synAck = emitted();
        assertEquals(Segments.SYN | Segments.ACK, synAck.flags());
        assertEquals(101, synAck.ack());
        client.ok("clock.advance", "by", 1_000_000);
        inject(101, synAck.seq() + 1, Segments.ACK, "");
        Map<String, Object> accepted = other.receive();
        assertEquals("192.0.2.2", accepted.get("ip"));
        assertEquals(1_000_000L, accepted.get("t"));
        return new int[] {Client.okReply(accepted), synAck.seq() + 1};
    }

    @Test
    void aHalfOpenConnectionIsListedWithItsTimer() {
        listener();
        inject(100, 0, Segments.SYN, "");
        client.ok("clock.advance", "by", 1_500_000_000L);
        List<?> sockets = (List<?>) client.call("sockets").get("sockets");
        assertEquals(2, sockets.size(), sockets::toString);
        Map<?, ?> half = (Map<?, ?>) sockets.getLast();
        assertEquals("SYN-RECV", half.get("state"));
        assertEquals("192.0.2.2:" + PORT, half.get("peer"));
        assertEquals("on", half.get("timer"));
        assertEquals(1L, half.get("retries"));
    }

    @Test
    void aConnectionIsAcceptedReadWrittenAndEndedSegmentBySegment() {
        int[] connection = handshake(listener());
        inject(101, connection[1], Segments.ACK | Segments.PSH, "686f");
        assertEquals(
                "686f", client.call("recvmsg", "fd", connection[0], "len", 9).get("data"));
        assertEquals(3, client.ok("sendmsg", "fd", connection[0], "data", "616263"));
        Segment data = emitted();
        data = data.payload().isEmpty() ? emitted() : data;
        assertEquals("616263", data.payload());
        assertEquals(103, data.ack());
        inject(103, data.seq() + 3, Segments.ACK | Segments.FIN, "");
        assertEquals(0, client.ok("recvmsg", "fd", connection[0], "len", 9));
        client.ok("close", "fd", connection[0]);
    }

    @Test
    void whatIsNotAcknowledgedIsSentAgainLaterAndLater() {
        int[] connection = handshake(listener());
        client.ok("sendmsg", "fd", connection[0], "text", "x");
        long[] times = new long[5];
        for (int i = 0; i < times.length; i++) {
            Map<String, Object> reply = client.call("net.recv");
            times[i] = (Long) reply.get("time");
            assertEquals("78", Segments.parse(reply.get("packet")).payload());
            assertEquals(reply.get("time"), reply.get("t"), "time stands where the segment was sent");
        }
        // The round trip took 1 ms: the timeout is at its least, and doubles from then on.
        for (int i = 3; i < times.length; i++) {
            long before = times[i - 1] - times[i - 2];
            long ratioError = Math.abs(times[i] - times[i - 1] - 2 * before);
            assertTrue(ratioError <= 3 * COARSE_NANOS, "gaps " + java.util.Arrays.toString(times));
        }
        inject(101, connection[1] + 1, Segments.ACK, "");
        Map<String, Object> quiet = client.call("net.recv", "until", times[4] + 600 * Bench.SECOND);
        assertEquals("ETIMEDOUT", quiet.get("err"));
    }

    @Test
    void aRequestsInstantRunsTheTimersBeforeIt() {
        int[] connection = handshake(listener());
        client.ok("sendmsg", "fd", connection[0], "text", "x");
        assertEquals("78", emitted().payload());
        Map<String, Object> next = client.call("clock.next");
        assertTrue((Long) next.get("next") > 1_000_000L);
        Map<String, Object> later = client.call("clock.now", "t", 10 * Bench.SECOND);
        assertEquals(10 * Bench.SECOND, later.get("now"));
        Map<String, Object> past = client.call("clock.now", "t", 5);
        assertEquals(10 * Bench.SECOND, past.get("now"), "time does not go back");
        Map<String, Object> again = client.call("net.recv");
        assertTrue((Long) again.get("time") < Bench.SECOND, "it was sent at its own instant");
        assertEquals(10 * Bench.SECOND, again.get("t"));
    }

    @Test
    void theClockStopsWhereItIsToldTo() {
        assertEquals(5_000L, client.call("clock.advance", "to", 5_000).get("now"));
        assertEquals(6_000L, client.call("clock.advance", "by", 1_000).get("now"));
        assertEquals(6_000L, client.call("clock.advance", "to", 0).get("now"));
        assertNull(client.call("clock.next").get("next"), "nothing is due");
        client.fails("ETIMEDOUT", "net.recv");
        client.faults("bad-field", "clock.advance");
        client.faults("bad-field", "clock.advance", "to", 1, "by", 1);
        client.faults("bad-field", "clock.advance", "by", Long.MAX_VALUE);
    }

    @Test
    void linksAreMadeSetAndRefused() {
        client.ok("link.add", "name", "eth7", "mode", "ethernet", "mtu", 9000, "mac", "02:00:00:00:00:77");
        client.fails("EEXIST", "link.add", "name", "eth7", "mode", "ip");
        client.faults("bad-field", "link.add", "name", "eth8", "mode", "ip", "gso_max", 65537);
        client.faults("bad-field", "link.add", "name", "eth8", "mode", "token-ring");
        client.faults("bad-field", "link.add", "name", "eth8", "mode", "ip", "mtu", 10);
        client.faults("bad-field", "link.add", "name", "no/slash", "mode", "ip");
        client.fails("ENODEV", "net.recv");
        client.fails("ENODEV", "net.send", "link", "none", "packet", "45");
        client.fails("EINVAL", "net.send", "link", "eth7", "packet", "45");
        client.fails("EINVAL", "link.set", "name", "eth7", "mtu", 10);
        client.ok("link.set", "name", "eth7", "mtu", 1280, "up", false);
        client.fails("ENETDOWN", "net.send", "link", "eth7", "packet", "ff".repeat(60));
        client.ok("link.set", "name", "eth7", "up", true);
        client.ok("net.send", "link", "eth7", "packet", "ff".repeat(60));
        client.fails("ENODEV", "link.set", "name", "none", "up", true);
    }

    @Test
    void anEthernetLinkResolvesItsNeighboursAndTakesFixedOnes() {
        client.ok("link.add", "name", "eth7", "mode", "ethernet");
        client.ok("addr.add", "prefix", "198.51.100.1/24", "dev", "eth7");
        int fd = bench.udp();
        client.ok("sendmsg", "fd", fd, "ip", "198.51.100.2", "port", 9, "text", "x");
        String asked = packet(client.call("net.recv", "link", "eth7"));
        assertTrue(asked.startsWith("ffffffffffff"), asked);
        assertEquals("0806", asked.substring(24, 28));
        client.ok("neigh.add", "ip", "198.51.100.3", "dev", "eth7", "mac", "02:00:00:00:00:33");
        client.ok("sendmsg", "fd", fd, "ip", "198.51.100.3", "port", 9, "text", "x");
        String known = packet(client.call("net.recv", "link", "eth7"));
        while (known.startsWith("ffffffffffff")) {
            known = packet(client.call("net.recv", "link", "eth7"));
        }
        assertTrue(known.startsWith("020000000033"), known);
        client.faults("bad-field", "neigh.add", "ip", "198.51.100.3", "dev", "eth7", "mac", "33");
        client.fails("EEXIST", "addr.add", "prefix", "198.51.100.1/24", "dev", "eth7");
        client.ok("route.add", "prefix", "default", "via", "198.51.100.3");
        client.ok("route.add", "prefix", "203.0.113.0/24", "dev", "eth7");
        client.fails("ENETUNREACH", "route.add", "prefix", "default", "via", "8.8.8.8");
        client.fails("EINVAL", "route.add", "prefix", "203.0.113.7", "dev", "eth7", "mtu", 67);
        client.faults("bad-field", "route.add", "prefix", "203.0.113.7", "dev", "eth7", "mtu", -1);
        client.faults("bad-field", "route.add", "prefix", "203.0.113.7", "dev", "eth7", "mtu_lock", true);
        client.fails("EAFNOSUPPORT", "addr.add", "prefix", "2001:db8::1", "dev", "eth7");
    }

    private static String packet(Map<String, Object> reply) {
        assertEquals(0L, reply.get("ret"), reply::toString);
        return (String) reply.get("packet");
    }

    @Test
    void framesThatNobodyAsksForAreBoundedAndCounted() {
        int fd = bench.udp();
        for (int i = 0; i < 4100; i++) {
            client.ok("sendmsg", "fd", fd, "ip", "192.0.2.9", "port", 9, "zeros", 1);
        }
        assertEquals(4L, client.call("net.recv").get("dropped"));
        assertNull(client.call("net.recv").get("dropped"), "told once");
    }

    @Test
    void theSameSeedAndTheSameRequestsGiveTheSameBytes() {
        String first = run(7);
        assertEquals(first, run(7));
        assertNotEquals(first, run(8));
    }

    /// A connection that is opened, loses a segment and ends; everything that was said.
    private String run(long seed) {
        client.ok("reset", "seed", seed, "links", List.of(Map.of("name", "tun1", "mode", "ip")));
        client.transcript.setLength(0);
        client.ok("addr.add", "prefix", "192.0.2.1/24", "dev", "tun1");
        int fd = bench.tcp();
        client.ok("fcntl", "fd", fd, "cmd", "F_SETFL", "arg", "O_NONBLOCK");
        client.fails("EINPROGRESS", "connect", "fd", fd, "ip", "192.0.2.2", "port", 80);
        Segment syn = emitted();
        String answer = Segments.make(80, syn.sourcePort(), 500, syn.seq() + 1, Segments.SYN | Segments.ACK, "");
        client.ok("net.send", "packet", answer, "t", 30_000_000);
        emitted();
        client.ok("sendmsg", "fd", fd, "zeros", 3000);
        for (int i = 0; i < 6; i++) {
            client.call("net.recv", "until", 20 * Bench.SECOND);
        }
        client.call("getsockopt", "fd", fd, "level", "SOL_TCP", "optname", "TCP_INFO");
        client.call("stats");
        client.ok("close", "fd", fd);
        client.call("net.recv", "until", 60 * Bench.SECOND);
        return client.transcript.toString();
    }
}

package dev.netstack4j.cli.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.cli.control.Segments.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What `mtu` and `advmss` of a route and `gso_max` of a link do to the packets of a client.
class RouteMetricsTest {
    private static final String SYN_MSS = "0204";

    private final Bench bench;
    private final Client client;

    RouteMetricsTest() throws Exception {
        bench = Bench.virtual();
        client = bench.client;
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    private void link(Object... more) {
        List<Object> fields = new ArrayList<>(List.of("name", "tun0", "mode", "ip"));
        fields.addAll(List.of(more));
        client.ok("link.add", fields.toArray());
        client.ok("addr.add", "prefix", "192.0.2.1/32", "dev", "tun0");
    }

    private void route(Object... more) {
        List<Object> fields = new ArrayList<>(List.of("prefix", "192.0.2.0/24", "dev", "tun0"));
        fields.addAll(List.of(more));
        client.ok("route.add", fields.toArray());
    }

    private String packet() {
        Map<String, Object> reply = client.call("net.recv");
        assertEquals(0L, reply.get("ret"), reply::toString);
        return (String) reply.get("packet");
    }

    private static int mss(String syn) {
        int options = syn.indexOf(SYN_MSS, 80);
        assertEquals(80, options, "the MSS option comes first");
        return Integer.parseInt(syn.substring(84, 88), 16);
    }

    private int connecting() {
        int fd = bench.tcp();
        client.ok("fcntl", "fd", fd, "cmd", "F_SETFL", "arg", "O_NONBLOCK");
        client.fails("EINPROGRESS", "connect", "fd", fd, "ip", "192.0.2.2", "port", 80);
        return fd;
    }

    /// A connection whose peer is this test and takes segments of any length.
    private int connected() {
        int fd = connecting();
        Segment syn = Segments.parse(packet());
        String mss = "020405b4";
        client.ok("net.send", "packet", Segments.synAck(syn.sourcePort(), syn.seq() + 1, mss));
        packet();
        return fd;
    }

    @Test
    void synsSayTheMssThatFollowsFromTheMtu() {
        link();
        route("mtu", 1000);
        connecting();
        assertEquals(960, mss(packet()));
    }

    @Test
    void synsSayTheMssOfTheRoute() {
        link();
        route("mtu", 1000, "advmss", 1300);
        connecting();
        assertEquals(1300, mss(packet()));
    }

    @Test
    void answersToSynsSayTheMssOfTheRouteAndNoMoreThanTheUserWants() {
        link();
        route("advmss", 1300);
        int fd = bench.tcp();
        client.ok("bind", "fd", fd, "ip", "0.0.0.0", "port", 80);
        client.ok("listen", "fd", fd, "backlog", 5);
        client.ok("net.send", "packet", Segments.make(40_000, 80, 1, 0, Segments.SYN, ""));
        assertEquals(1300, mss(packet()));
        client.ok("setsockopt", "fd", fd, "level", "SOL_TCP", "optname", "TCP_MAXSEG", "value", 700);
        client.ok("net.send", "packet", Segments.make(40_001, 80, 1, 0, Segments.SYN, ""));
        assertEquals(700, mss(packet()));
    }

    @Test
    void segmentsKeepToTheMtuOfTheRouteAndInfoTellsWhatThisSideAdvertises() {
        link();
        route("mtu", 1000, "advmss", 700);
        int fd = connected();
        client.ok("sendmsg", "fd", fd, "zeros", 3000);
        assertEquals(1000, packet().length() / 2);
        Map<String, Object> reply = client.call("getsockopt", "fd", fd, "level", "SOL_TCP", "optname", "TCP_INFO");
        Map<?, ?> info = (Map<?, ?>) reply.get("value");
        assertEquals(700L, info.get("tcpi_advmss"));
        assertEquals(1000L, info.get("tcpi_pmtu"));
    }

    @Test
    void datagramsAreCutToTheMtuOfTheRouteAndMayBeCutOnWhenItIsLocked() {
        link();
        route("mtu", 1000);
        client.ok("route.add", "prefix", "198.51.100.0/24", "dev", "tun0", "mtu", 1000, "mtu_lock", true);
        int fd = bench.udp();
        client.ok("sendmsg", "fd", fd, "ip", "192.0.2.2", "port", 9, "zeros", 1200);
        assertEquals(996, packet().length() / 2, "a multiple of eight bytes beside the header");
        packet();
        client.ok("sendmsg", "fd", fd, "ip", "192.0.2.2", "port", 9, "zeros", 10);
        assertEquals("4000", packet().substring(12, 16), "whole, and not to be cut");
        client.ok("sendmsg", "fd", fd, "ip", "198.51.100.2", "port", 9, "zeros", 10);
        assertEquals("0000", packet().substring(12, 16));
    }

    /// Identifications of three segments that are sent at once: those that were cut from one packet count up.
    private List<String> identifications() {
        client.ok("sendmsg", "fd", connected(), "zeros", 3 * 1460);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String segment = packet();
            assertTrue(segment.length() / 2 <= 1500, "segments are cut before they reach the client");
            all.add(segment.substring(8, 12));
        }
        return all;
    }

    @Test
    void aLinkWithGsoMaxIsGivenPacketsThatStandForSeveral() {
        link("gso_max", 65_536);
        route();
        assertEquals(List.of("0000", "0001", "0002"), identifications());
    }

    @Test
    void aSmallGsoMaxIsKept() {
        link("gso_max", 1500);
        route();
        assertEquals(List.of("0000", "0000", "0000"), identifications());
    }
}

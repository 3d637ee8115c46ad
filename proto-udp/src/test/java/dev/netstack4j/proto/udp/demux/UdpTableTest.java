package dev.netstack4j.proto.udp.demux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.protocol.AddressPair;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.proto.udp.rig.Rig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UdpTableTest {
    private static final int IN_USE = Errno.EADDRINUSE.negative();

    private final Rig rig = new Rig();

    @AfterEach
    void nothingLeaks() {
        rig.host.assertNoLeak();
    }

    private void assertGets(UdpSock s, String from, int fromPort, String to) {
        rig.receive(Rig.datagram(from, fromPort, to, 7, new byte[] {'x'}));
        assertEquals("x", rig.read(s), rig.host.ledger().dropped().toString());
    }

    @Test
    void connectedBeatsBoundAndBoundBeatsAny() {
        UdpSock any = rig.bound("0.0.0.0", 7);
        any.settings().reuseAddress = true;
        UdpSock bound = rig.sock();
        bound.settings().reuseAddress = true;
        assertEquals(0, rig.ops.bind(bound, InetSockAddress.of("10.0.0.1", 7), rig.cpu()));
        UdpSock connected = rig.sock();
        connected.settings().reuseAddress = true;
        rig.ops.bind(connected, InetSockAddress.of("10.0.0.1", 7), rig.cpu());
        rig.ops.connect(connected, InetSockAddress.of("10.0.0.2", 5000), rig.cpu());
        assertGets(connected, "10.0.0.2", 5000, "10.0.0.1");
        assertGets(bound, "10.0.0.2", 5001, "10.0.0.1");
        assertGets(bound, "10.0.0.3", 5000, "10.0.0.1");
        assertGets(any, "10.0.0.2", 5000, "10.0.0.11");
        rig.ops.release(connected, rig.cpu());
        assertGets(bound, "10.0.0.2", 5000, "10.0.0.1");
        rig.ops.release(bound, rig.cpu());
        assertGets(any, "10.0.0.2", 5000, "10.0.0.1");
        rig.ops.release(any, rig.cpu());
        rig.receiveText("x", 7);
        assertEquals(1, rig.host.counters().value("Udp.NoPorts"));
    }

    @Test
    void aSocketOfTheDeviceBeatsOneOfAny() {
        UdpSock any = rig.sock();
        any.settings().reuseAddress = true;
        UdpSock here = rig.sock();
        here.settings().reuseAddress = true;
        here.settings().boundDevice = 2;
        UdpSock elsewhere = rig.sock();
        elsewhere.settings().reuseAddress = true;
        elsewhere.settings().boundDevice = 9;
        for (UdpSock s : List.of(here, any, elsewhere)) {
            assertEquals(0, rig.ops.bind(s, InetSockAddress.of("0.0.0.0", 7), rig.cpu()));
        }
        assertGets(here, "10.0.0.2", 1, "10.0.0.1");
        rig.ops.release(here, rig.cpu());
        assertGets(any, "10.0.0.2", 1, "10.0.0.1");
        rig.ops.release(any, rig.cpu());
        rig.ops.release(elsewhere, rig.cpu());
    }

    @Test
    void portsAreTakenOnceUnlessBothAgree() {
        UdpSock first = rig.bound("10.0.0.1", 7);
        UdpSock s = rig.sock();
        assertEquals(IN_USE, rig.ops.bind(s, InetSockAddress.of("10.0.0.1", 7), rig.cpu()));
        assertEquals(IN_USE, rig.ops.bind(s, InetSockAddress.of("0.0.0.0", 7), rig.cpu()));
        assertEquals(0, rig.ops.bind(s, InetSockAddress.of("10.0.0.11", 7), rig.cpu()));
        UdpSock t = rig.sock();
        t.settings().reuseAddress = true;
        assertEquals(IN_USE, rig.ops.bind(t, InetSockAddress.of("10.0.0.1", 7), rig.cpu()));
        first.settings().reuseAddress = true;
        assertEquals(0, rig.ops.bind(t, InetSockAddress.of("10.0.0.1", 7), rig.cpu()));
        for (UdpSock x : List.of(first, s, t)) {
            rig.ops.release(x, rig.cpu());
        }
        UdpSock again = rig.bound("0.0.0.0", 7);
        rig.ops.release(again, rig.cpu());
    }

    @Test
    void sharedPortsSpreadFlowsAndKeepEachTogether() {
        List<UdpSock> group = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            UdpSock s = rig.sock();
            s.settings().reusePort = true;
            assertEquals(0, rig.ops.bind(s, InetSockAddress.of("0.0.0.0", 7), rig.cpu()));
            group.add(s);
        }
        for (int flow = 0; flow < 400; flow++) {
            byte[] d = Rig.datagram("10.0.0.2", 1000 + flow, "10.0.0.1", 7, new byte[1]);
            rig.receive(d);
            rig.receive(d);
        }
        for (UdpSock s : group) {
            int got = s.receiveQueue().length();
            assertTrue(got > 100 && got % 2 == 0, "got " + got);
            rig.ops.release(s, rig.cpu());
        }
    }

    @Test
    void freePortsAreDrawnAtRandomFromTheRange() {
        rig.host.sysctls().set("net.ipv4.ip_local_port_range.low", 40000);
        rig.host.sysctls().set("net.ipv4.ip_local_port_range.high", 40019);
        Set<Integer> ports = new TreeSet<>();
        List<UdpSock> socks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            UdpSock s = rig.bound("0.0.0.0", 0);
            ports.add(s.localPort());
            socks.add(s);
        }
        assertEquals(20, ports.size());
        assertTrue(ports.stream().allMatch(p -> p >= 40000 && p <= 40019));
        assertNotEquals(
                List.copyOf(ports), socks.stream().map(UdpSock::localPort).toList());
        assertEquals(IN_USE, rig.ops.bind(rig.sock(), InetSockAddress.of("0.0.0.0", 0), rig.cpu()));
        socks.forEach(s -> rig.ops.release(s, rig.cpu()));
    }

    @Test
    void findingASocketAllocatesNothing() {
        UdpSock any = rig.bound("0.0.0.0", 7);
        UdpSock connected = rig.connected("10.0.0.1", 8, "10.0.0.2", 5000);
        UdpTable table = rig.get(UdpTable.class);
        AddressPair p = new AddressPair();
        p.sourceLow = IpAddress.mapped(IpAddress.parse("10.0.0.2").v4Bits());
        p.destinationLow = IpAddress.mapped(IpAddress.parse("10.0.0.1").v4Bits());
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        int found = 0;
        for (int i = 0; i < 10_000; i++) {
            found += table.find(p, 5000, 7, 2) == any ? 1 : 0;
            found += table.find(p, 5000, 8, 2) == connected ? 1 : 0;
            found += table.find(p, 5000, 9, 2) == null ? 1 : 0;
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(30_000, found);
        assertTrue(bytes < 1000, "allocated " + bytes);
        rig.ops.release(any, rig.cpu());
        rig.ops.release(connected, rig.cpu());
    }
}

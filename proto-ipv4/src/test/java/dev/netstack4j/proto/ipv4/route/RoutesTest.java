package dev.netstack4j.proto.ipv4.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.protocol.AddressType;
import dev.netstack4j.api.protocol.RouteMetrics;
import dev.netstack4j.proto.ipv4.rig.Rig;
import org.junit.jupiter.api.Test;

@Mechanism({"D1", "D3", "D4"})
class RoutesTest {
    private static final long SECOND = 1_000_000_000L;

    private final Rig rig = new Rig();
    private final Routes routes = rig.get(Routes.class);

    private Ipv4Dst to(String destination) {
        return routes.output(IpAddress.parse(destination).v4Bits(), 0, 0, rig.cpu());
    }

    private Ipv4Dst must(String destination) {
        Ipv4Dst dst = to(destination);
        assertNotNull(dst, destination);
        return dst;
    }

    @Test
    void devicesNextHopsAndSourcesFollowFromTheTable() {
        Ipv4Dst near = must("10.0.0.7");
        assertSame(rig.eth0, near.device());
        assertEquals("10.0.0.7", near.nextHop().toString());
        assertEquals("10.0.0.1", near.source().toString());
        Ipv4Dst other = must("10.1.0.7");
        assertSame(rig.eth1, other.device());
        assertEquals("10.1.0.1", other.source().toString());
        Ipv4Dst far = must("8.8.8.8");
        assertEquals("10.0.0.254", far.nextHop().toString());
        assertEquals(RouteKind.UNICAST, far.kind());
    }

    @Test
    void ownAddressesAreReachedThroughTheLoopbackDevice() {
        for (String own : new String[] {"10.0.0.1", "10.1.0.1", "127.0.0.1"}) {
            Ipv4Dst dst = must(own);
            assertSame(rig.lo, dst.device());
            assertEquals(RouteKind.LOCAL, dst.kind());
            assertEquals(own, dst.source().toString());
        }
        assertEquals("127.0.0.1", must("127.5.5.5").source().toString());
    }

    @Test
    void broadcastsAndGroupsGoToMany() {
        assertEquals(RouteKind.BROADCAST, must("10.0.0.255").kind());
        assertEquals(RouteKind.BROADCAST, must("255.255.255.255").kind());
        assertEquals(RouteKind.MULTICAST, must("224.0.0.1").kind());
        assertSame(
                rig.eth1,
                routes.output(IpAddress.parse("224.0.0.1").v4Bits(), 0, 3, rig.cpu())
                        .device());
        int own = IpAddress.parse("10.1.0.1").v4Bits();
        assertSame(rig.eth1, routes.output(-1, own, 0, rig.cpu()).device());
    }

    @Test
    void broadcastsOfTwoNetworksOnOneLinkHaveTwoSources() throws Exception {
        rig.control.addAddress(rig.eth0, IpPrefix.parse("10.9.0.1/24"));
        assertEquals("10.0.0.1", must("10.0.0.255").source().toString());
        assertEquals("10.9.0.1", must("10.9.0.255").source().toString());
        assertSame(must("10.9.0.255"), must("10.9.0.255"));
    }

    @Test
    void theSameAnswerIsTheSameObjectUntilTheTablesChange() {
        Ipv4Dst first = must("10.0.0.7");
        assertSame(first, must("10.0.0.7"));
        assertSame(must("8.8.8.8"), must("9.9.9.9"));
        assertTrue(first.isValid());
        rig.control.flush();
        assertFalse(first.isValid());
        assertNotSame(first, must("10.0.0.7"));
    }

    @Test
    void aDeviceThatGoesDownTakesItsRoutesAlongAndBringsThemBack() {
        Ipv4Dst near = must("10.0.0.7");
        rig.up(rig.eth0, false);
        assertFalse(near.isValid());
        assertNull(to("10.0.0.7"));
        assertNull(to("8.8.8.8"));
        assertSame(rig.eth1, must("10.1.0.7").device());
        rig.up(rig.eth0, true);
        assertEquals("10.0.0.254", must("8.8.8.8").nextHop().toString());
    }

    @Test
    void lookingUpAllocatesNothing() {
        int near = IpAddress.parse("10.0.0.7").v4Bits();
        int far = IpAddress.parse("8.8.8.8").v4Bits();
        assertEquals(0, allocated(() -> {
            routes.output(near, 0, 0, rig.cpu());
            routes.output(far, 0, 0, rig.cpu());
        }));
    }

    /// Bytes that a thousand further runs allocate, less what measuring itself does.
    private static long allocated(Runnable work) {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 1000; i++) {
            work.run();
        }
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1000; i++) {
            work.run();
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        return bytes < 1000 ? 0 : bytes;
    }

    @Test
    void aDeviceThatIsAskedForIsUsedEvenWithoutARoute() {
        Ipv4Dst dst = routes.output(IpAddress.parse("8.8.8.8").v4Bits(), 0, 3, rig.cpu());
        assertNotNull(dst);
        assertSame(rig.eth1, dst.device());
        assertEquals("8.8.8.8", dst.nextHop().toString());
    }

    @Test
    @Mechanism("C34")
    void aLearntPathMtuHoldsForOneDestinationAndForAWhile() {
        PathMtus learnt = rig.get(PathMtus.class);
        Ipv4Dst before = must("8.8.8.8");
        assertEquals(1500, before.mtu());
        assertTrue(learnt.learn(IpAddress.parse("8.8.8.8").v4Bits(), 1280, 1500));
        assertFalse(before.isValid());
        Ipv4Dst now = must("8.8.8.8");
        assertEquals(1280, now.mtu());
        assertEquals(1500, must("9.9.9.9").mtu());
        assertSame(now, must("8.8.8.8"));
        assertFalse(learnt.learn(IpAddress.parse("8.8.8.8").v4Bits(), 1400, 1280));
        rig.host.advance(600 * SECOND);
        assertFalse(now.isValid());
        assertEquals(1500, must("8.8.8.8").mtu());
    }

    @Test
    @Mechanism("C34")
    void aPathMtuBelowTheLeastIsTakenAsTheLeast() {
        PathMtus learnt = rig.get(PathMtus.class);
        learnt.learn(IpAddress.parse("8.8.8.8").v4Bits(), 68, 1500);
        assertEquals(552, must("8.8.8.8").mtu());
        learnt.learn(IpAddress.parse("9.9.9.9").v4Bits(), 0, 1500);
        assertEquals(552, must("9.9.9.9").mtu());
    }

    @Test
    @Mechanism("C34")
    void theMtuOfARouteHoldsForItsDestinationsAndALearntOneIsSmaller() throws Exception {
        IpAddress gateway = IpAddress.parse("10.0.0.254");
        RouteMetrics metrics = RouteMetrics.NONE.mtu(1400, false).advertisedMss(1200);
        rig.control.addRoute(IpPrefix.parse("8.0.0.0/8"), gateway, rig.eth0, 0, metrics);
        assertEquals(1400, must("8.8.8.8").mtu());
        assertEquals(1200, must("8.8.8.8").advertisedMss());
        assertEquals(1500, must("9.9.9.9").mtu(), "another route by the same gateway");
        assertEquals(0, must("9.9.9.9").advertisedMss());
        assertSame(must("8.8.8.8"), must("8.1.1.1"));
        assertTrue(rig.get(PathMtus.class).learn(IpAddress.parse("8.8.8.8").v4Bits(), 1280, 1400));
        assertEquals(1280, must("8.8.8.8").mtu());
        assertEquals(1400, must("8.1.1.1").mtu());
    }

    @Test
    @Mechanism("C34")
    void aLockedMtuIsNotLoweredAndNotRaisedAboveTheDevices() throws Exception {
        IpAddress gateway = IpAddress.parse("10.0.0.254");
        rig.control.addRoute(IpPrefix.parse("8.0.0.0/8"), gateway, rig.eth0, 0, RouteMetrics.NONE.mtu(1400, true));
        rig.control.addRoute(IpPrefix.parse("9.0.0.0/8"), gateway, rig.eth0, 0, RouteMetrics.NONE.mtu(9000, false));
        rig.get(PathMtus.class).learn(IpAddress.parse("8.8.8.8").v4Bits(), 1280, 1500);
        assertEquals(1400, must("8.8.8.8").mtu());
        assertTrue(must("8.8.8.8").isMtuLocked());
        assertEquals(1500, must("9.9.9.9").mtu());
    }

    @Test
    void fullOfPathMtusTheTableTakesNoMore() {
        PathMtus learnt = rig.get(PathMtus.class);
        for (int i = 1; i <= 3000; i++) {
            learnt.learn(i * 77_777, 1000, 1500);
        }
        int known = 0;
        for (int i = 1; i <= 3000; i++) {
            known += learnt.find(i * 77_777) != PathMtu.NONE ? 1 : 0;
        }
        assertEquals(1024, known);
    }

    @Test
    void addressesHaveTypes() {
        assertEquals(AddressType.LOCAL, routes.type(IpAddress.parse("10.0.0.1").v4Bits()));
        assertEquals(AddressType.LOCAL, routes.type(IpAddress.parse("127.3.2.1").v4Bits()));
        assertEquals(
                AddressType.BROADCAST, routes.type(IpAddress.parse("10.1.0.255").v4Bits()));
        assertEquals(AddressType.BROADCAST, routes.type(-1));
        assertEquals(
                AddressType.MULTICAST, routes.type(IpAddress.parse("239.1.1.1").v4Bits()));
        assertEquals(
                AddressType.UNICAST, routes.type(IpAddress.parse("10.0.0.9").v4Bits()));
        assertEquals(AddressType.ANY, routes.type(0));
    }

    @Test
    void withoutADefaultRouteFarAwayIsUnreachable() throws Exception {
        rig.control.removeRoute(IpPrefix.parse("0.0.0.0/0"), rig.eth0);
        assertNull(to("8.8.8.8"));
    }
}

package dev.netstack4j.proto.ipv4.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.DeviceEvent;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.protocol.RouteMetrics;
import dev.netstack4j.proto.ipv4.rig.Rig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class Ipv4ControlTest {
    private final Rig rig = new Rig();

    private static void assertRefused(Errno errno, Executable call) {
        assertEquals(errno, assertThrows(NetException.class, call).errno());
    }

    @Test
    void anAddressBringsItsRoutes() throws Exception {
        rig.control.addAddress(rig.eth1, IpPrefix.parse("192.168.7.5/24"));
        List<String> lines = rig.control.routes();
        assertTrue(lines.contains("default via 10.0.0.254 dev eth0 src 10.0.0.1"), lines.toString());
        assertTrue(lines.contains("192.168.7.0/24 dev eth1 proto kernel scope link src 192.168.7.5"), lines.toString());
        assertTrue(lines.contains("local 192.168.7.5 dev eth1 scope host src 192.168.7.5"), lines.toString());
        assertTrue(lines.contains("broadcast 192.168.7.255 dev eth1 scope link src 192.168.7.5"), lines.toString());
        assertEquals(
                List.of(IpPrefix.parse("10.1.0.1/24"), IpPrefix.parse("192.168.7.5/24")),
                rig.control.addresses(rig.eth1));
        rig.control.removeAddress(rig.eth1, IpPrefix.parse("192.168.7.5/24"));
        assertTrue(rig.control.routes().stream().noneMatch(l -> l.contains("192.168.7")));
    }

    @Test
    void aPointToPointPrefixHasNoBroadcast() throws Exception {
        rig.control.addAddress(rig.eth1, IpPrefix.parse("192.168.7.4/31"));
        assertTrue(rig.control.routes().stream().noneMatch(l -> l.startsWith("broadcast 192.168.7")));
    }

    @Test
    void whatCannotBeIsRefused() throws Exception {
        assertRefused(Errno.EEXIST, () -> rig.control.addAddress(rig.eth0, IpPrefix.parse("10.0.0.1/24")));
        assertRefused(Errno.EINVAL, () -> rig.control.addAddress(rig.eth0, IpPrefix.parse("224.0.0.1/24")));
        assertRefused(Errno.EINVAL, () -> rig.control.addAddress(rig.eth0, IpPrefix.parse("0.0.0.0/24")));
        assertRefused(Errno.EINVAL, () -> rig.control.addAddress(rig.eth0, IpPrefix.parse("255.255.255.255/32")));
        assertRefused(Errno.EADDRNOTAVAIL, () -> rig.control.removeAddress(rig.eth0, IpPrefix.parse("10.0.0.2/24")));
        IpPrefix net = IpPrefix.parse("172.16.0.0/12");
        assertRefused(Errno.ENETUNREACH, () -> rig.control.addRoute(net, IpAddress.parse("192.168.1.1"), rig.eth0, 0));
        assertRefused(Errno.ENETUNREACH, () -> rig.control.addRoute(net, IpAddress.parse("10.1.0.2"), rig.eth0, 0));
        assertRefused(Errno.EINVAL, () -> rig.control.addRoute(net, IpAddress.parse("10.0.0.1"), rig.eth0, 0));
        rig.control.addRoute(net, IpAddress.parse("10.0.0.2"), rig.eth0, 0);
        assertRefused(Errno.EEXIST, () -> rig.control.addRoute(net, IpAddress.parse("10.0.0.3"), rig.eth0, 0));
        rig.control.addRoute(net, IpAddress.parse("10.0.0.3"), rig.eth0, 10);
        assertRefused(Errno.ENOENT, () -> rig.control.removeRoute(net, rig.eth1));
    }

    @Test
    void metricsOfARouteAreToldAndBounded() throws Exception {
        IpPrefix net = IpPrefix.parse("172.16.0.0/12");
        RouteMetrics small = RouteMetrics.NONE.mtu(67, false);
        assertRefused(Errno.EINVAL, () -> rig.control.addRoute(net, null, rig.eth1, 0, small));
        rig.control.addRoute(
                net, null, rig.eth1, 5, RouteMetrics.NONE.mtu(1400, true).advertisedMss(1300));
        String line = "172.16.0.0/12 dev eth1 scope link src 10.1.0.1 metric 5 mtu lock 1400 advmss 1300";
        assertTrue(rig.control.routes().contains(line), rig.control.routes().toString());
        rig.control.addRoute(
                net, null, rig.eth1, 6, RouteMetrics.NONE.mtu(1 << 20, false).advertisedMss(1 << 20));
        assertTrue(rig.control.routes().stream().anyMatch(l -> l.endsWith("metric 6 mtu 65535 advmss 65495")));
    }

    @Test
    void aRouteWhoseGatewayIsOnNoLinkAnyMoreIsLeftOut() throws Exception {
        rig.control.removeAddress(rig.eth0, IpPrefix.parse("10.0.0.1/24"));
        assertTrue(rig.control.routes().stream().noneMatch(l -> l.startsWith("default")));
    }

    @Test
    void aDeviceThatIsForgottenLeavesNothing() {
        rig.control.changed(rig.eth0, DeviceEvent.UNREGISTER);
        assertTrue(rig.control.routes().stream().noneMatch(l -> l.contains("eth0")));
        assertTrue(rig.control.addresses(rig.eth0).isEmpty());
    }

    @Test
    void theLoopbackDeviceHasItsAddressFromTheStart() {
        assertEquals(List.of(IpPrefix.parse("127.0.0.1/8")), rig.control.addresses(rig.lo));
    }

    @Test
    void routesAddedWhileADeviceIsDownComeWithIt() throws Exception {
        rig.up(rig.eth1, false);
        rig.control.addRoute(IpPrefix.parse("172.16.0.0/12"), IpAddress.parse("10.1.0.2"), rig.eth1, 0);
        assertTrue(rig.control.routes().stream().noneMatch(l -> l.startsWith("172.16")));
        rig.up(rig.eth1, true);
        assertTrue(rig.control.routes().contains("172.16.0.0/12 via 10.1.0.2 dev eth1 src 10.1.0.1"));
    }
}

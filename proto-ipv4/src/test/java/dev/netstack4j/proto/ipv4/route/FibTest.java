package dev.netstack4j.proto.ipv4.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.testkit.fake.FakeNetDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

@Mechanism("D4")
class FibTest {
    private final NetDevice eth0 = new FakeNetDevice("eth0", 2);
    private final NetDevice eth1 = new FakeNetDevice("eth1", 3);

    private static Route route(String prefix, NetDevice device, int metric) {
        IpPrefix p = IpPrefix.parse(prefix);
        return new Route(
                p.network().address().v4Bits(),
                p.length(),
                RouteKind.UNICAST,
                device,
                null,
                IpAddress.ANY_V4,
                metric,
                false);
    }

    private static int at(String address) {
        return IpAddress.parse(address).v4Bits();
    }

    @Test
    void theLongestPrefixWins() {
        Route all = route("0.0.0.0/0", eth0, 0);
        Route wide = route("10.0.0.0/8", eth0, 0);
        Route narrow = route("10.1.0.0/16", eth1, 0);
        Route one = route("10.1.2.3/32", eth0, 0);
        Fib fib = new Fib(List.of(wide, one, all, narrow));
        assertSame(one, fib.lookup(at("10.1.2.3"), 0));
        assertSame(narrow, fib.lookup(at("10.1.2.4"), 0));
        assertSame(wide, fib.lookup(at("10.2.0.0"), 0));
        assertSame(all, fib.lookup(at("11.0.0.0"), 0));
        assertSame(all, fib.lookup(at("255.255.255.255"), 0));
    }

    @Test
    void amongEqualPrefixesTheSmallestMetricWins() {
        Route good = route("10.0.0.0/8", eth1, 5);
        Route bad = route("10.0.0.0/8", eth0, 10);
        Fib fib = new Fib(List.of(bad, good));
        assertSame(good, fib.lookup(at("10.1.1.1"), 0));
        assertSame(bad, fib.lookup(at("10.1.1.1"), eth0.ifIndex()));
    }

    @Test
    void aDeviceThatIsAskedForMayLeadToAShorterPrefix() {
        Route narrow = route("10.1.0.0/16", eth1, 0);
        Route wide = route("10.0.0.0/8", eth0, 0);
        Fib fib = new Fib(List.of(narrow, wide));
        assertSame(wide, fib.lookup(at("10.1.2.3"), eth0.ifIndex()));
        assertNull(fib.lookup(at("10.1.2.3"), 99));
    }

    @Test
    void anEmptyTableLeadsNowhere() {
        assertNull(Fib.EMPTY.lookup(at("10.0.0.1"), 0));
    }

    @Test
    void aThousandRandomRoutesAnswerAsAPlainSearchDoes() {
        long seed = 20261121;
        SplittableRandom random = new SplittableRandom(seed);
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            int length = random.nextInt(33);
            int network = random.nextInt() & (length == 0 ? 0 : -1 << 32 - length);
            routes.add(new Route(
                    network, length, RouteKind.UNICAST, i % 2 == 0 ? eth0 : eth1, null, IpAddress.ANY_V4, i, false));
        }
        Fib fib = new Fib(routes);
        for (int i = 0; i < 20_000; i++) {
            int address = i % 2 == 0
                    ? random.nextInt()
                    : routes.get(random.nextInt(1000)).network() + random.nextInt(4);
            int device = random.nextInt(3) == 0 ? eth1.ifIndex() : 0;
            assertSame(plainly(routes, address, device), fib.lookup(address, device), "seed " + seed + " step " + i);
        }
        assertEquals(1000, fib.routes().size());
    }

    private static Route plainly(List<Route> routes, int address, int device) {
        Route best = null;
        for (Route r : routes) {
            boolean fits = r.covers(address) && (device == 0 || r.device().ifIndex() == device);
            boolean better = best == null
                    || r.length() > best.length()
                    || r.length() == best.length() && r.metric() < best.metric();
            if (fits && better) {
                best = r;
            }
        }
        return best;
    }
}

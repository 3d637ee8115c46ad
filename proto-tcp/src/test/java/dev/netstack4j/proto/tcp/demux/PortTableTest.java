package dev.netstack4j.proto.tcp.demux;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.proto.tcp.control.PortHold;
import dev.netstack4j.testkit.fake.FakeSync;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortTableTest {
    private static final IpAddress HERE = IpAddress.v4(0x0A000001);
    private final PortTable table = new PortTable(new FakeSync().spinLock("ports"));

    private static PortHold bound(int port) {
        return new PortHold(port, HERE, 0, false, false, false);
    }

    private static PortHold connected(int port) {
        return new PortHold(port, HERE, 0, false, false, true);
    }

    @Test
    void connections_share_a_port_but_not_with_a_bound_socket() {
        PortHold first = connected(40_000);
        PortHold second = connected(40_000);
        assertTrue(table.take(first));
        assertTrue(table.take(second));
        assertFalse(table.take(bound(40_000)));
        table.release(first);
        assertFalse(table.take(bound(40_000)));
        table.release(second);
        PortHold bound = bound(40_000);
        assertTrue(table.take(bound));
        assertFalse(table.take(connected(40_000)));
        table.release(bound);
        assertTrue(table.take(connected(40_000)));
    }

    @Test
    void holds_are_given_back_in_any_order_and_twice() {
        List<PortHold> children = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            children.add(bound(80));
            table.share(children.get(i));
        }
        for (int i : new int[] {2, 4, 0, 0, 3}) {
            table.release(children.get(i));
            assertFalse(table.take(bound(80)));
        }
        table.release(children.get(1));
        assertTrue(table.take(bound(80)));
    }
}

package dev.netstack4j.proto.tcp.demux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.proto.tcp.control.ConnectionEntry;
import dev.netstack4j.proto.tcp.control.KeyedHash;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.net.TwoNodes;
import dev.netstack4j.testkit.fake.FakeSync;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionTableTest {
    private final ConnectionTable table = new ConnectionTable(new FakeSync().spinLock("test"));
    private final KeyedHash hash = new KeyedHash(1, 2);
    private final TcpSock one = new TwoNodes(1).a.socket();

    /// Entries of which all but the ends is one socket's.
    private ConnectionEntry shared(int n) {
        one.localAddress(IpAddress.v4(0x0A000001));
        one.remoteAddress(IpAddress.v4(0x0A010000 + n / 5_000));
        one.localPort(80);
        one.remotePort(1000 + n % 5_000);
        return ConnectionEntry.of(one);
    }

    private int hashOf(ConnectionEntry e) {
        return (int) hash.of(e.localHigh, e.localLow, e.remoteHigh, e.remoteLow, e.ports);
    }

    private ConnectionEntry find(ConnectionEntry e) {
        return table.find(e.localHigh, e.localLow, e.remoteHigh, e.remoteLow, e.ports, hashOf(e));
    }

    @Test
    @Mechanism({"C16"})
    void every_connection_is_found_while_the_table_grows_and_shrinks() {
        List<ConnectionEntry> all = new ArrayList<>();
        for (int n = 0; n < 20_000; n++) {
            ConnectionEntry e = shared(n);
            all.add(e);
            table.insert(e, hashOf(e));
        }
        all.forEach(e -> assertSame(e, find(e)));
        assertTrue(table.longestChain() < 12, "longest chain " + table.longestChain());
        for (int i = 0; i < all.size(); i += 2) {
            table.remove(all.get(i));
            table.remove(all.get(i));
        }
        assertEquals(10_000, table.size());
        for (int i = 0; i < all.size(); i++) {
            assertEquals(i % 2 == 1, find(all.get(i)) != null);
        }
    }

    @Test
    void a_second_connection_with_the_same_ends_is_refused() {
        ConnectionEntry e = shared(1);
        assertTrue(table.insertIfAbsent(e, hashOf(e)));
        assertEquals(false, table.insertIfAbsent(shared(1), hashOf(e)));
        table.remove(e);
        assertNull(find(e));
        assertTrue(table.insertIfAbsent(shared(1), hashOf(e)));
        assertNotNull(find(e));
    }

    @Test
    void outgoing_connections_let_the_table_grow_too() {
        for (int n = 0; n < 20_000; n++) {
            ConnectionEntry e = shared(n);
            assertTrue(table.insertIfAbsent(e, hashOf(e)));
        }
        assertTrue(table.longestChain() < 12, "longest chain " + table.longestChain());
    }

    @Test
    @Mechanism({"C17"})
    void ends_that_collide_under_one_key_do_not_under_another() {
        KeyedHash other = new KeyedHash(3, 4);
        List<Integer> chosen = new ArrayList<>();
        IpAddress a = IpAddress.v4(1);
        IpAddress b = IpAddress.v4(2);
        for (int port = 0; chosen.size() < 64; port++) {
            if ((hash.of(a, b, port) & 1023) == 0) {
                chosen.add(port);
            }
        }
        long distinct =
                chosen.stream().map(p -> other.of(a, b, p) & 1023).distinct().count();
        assertTrue(distinct > 48, distinct + " buckets of 64");
    }
}

package dev.netstack4j.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.core.registry.CorePoints;
import org.junit.jupiter.api.Test;

class InetProtocolTableTest {
    private static final int MINE = 253;

    private final NetHost net = new NetHost();
    private final InetProtocolTable table = net.part(InetProtocolTable.class);

    /// A protocol that may or may not bear several stacks.
    private record Protocol(boolean netnsOk) implements NetProtocol {
        @Override
        public void receive(SkBuff skb, Cpu cpu) {}
    }

    @Test
    @Mechanism("E6")
    void aThirdPartyProtocolIsFoundUntilItIsRemoved() throws NetException {
        NetProtocol mine = new Protocol(true);
        try (Registration _ = table.add(AddressFamily.INET, MINE, mine, "third-party 1.0")) {
            assertSame(mine, table.find(AddressFamily.INET, MINE));
            assertNull(table.find(AddressFamily.INET6, MINE));
        }
        assertNull(table.find(AddressFamily.INET, MINE));
        assertEquals(1, net.cpus.graces);
    }

    @Test
    @Mechanism("E7")
    void aSecondOwnerIsRefusedWithBothNamesAndTheFirstGoesOn() throws NetException {
        NetProtocol first = new Protocol(true);
        table.add(AddressFamily.INET, MINE, first, "alpha 1.0");
        NetException e = assertThrows(
                NetException.class, () -> table.add(AddressFamily.INET, MINE, new Protocol(true), "beta 2.0"));
        assertEquals(Errno.EEXIST, e.errno());
        assertTrue(e.getMessage().contains("alpha 1.0") && e.getMessage().contains("beta 2.0"), e.getMessage());
        assertSame(first, table.find(AddressFamily.INET, MINE));
    }

    @Test
    @Mechanism("E8")
    void aProtocolThatBearsOneStackOnlyIsRefused() {
        NetException e = assertThrows(
                NetException.class, () -> table.add(AddressFamily.INET, MINE, new Protocol(false), "old 0.1"));
        assertEquals(Errno.EINVAL, e.errno());
    }

    @Test
    @Mechanism("E9")
    void oneRefusedProtocolDoesNotKeepTheOthersOut() {
        NetProtocol good = new Protocol(true);
        net.contributions.add(CorePoints.NET_PROTOCOL, "old 0.1", "AF_INET/99", new Protocol(false));
        net.contributions.add(CorePoints.NET_PROTOCOL, "proto-x 1.0", "AF_INET/253", good);
        table.start();
        assertNull(table.find(AddressFamily.INET, 99));
        assertSame(good, table.find(AddressFamily.INET, MINE));
    }
}

package dev.netstack4j.testkit.script.linux;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.socket.InetSockAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// `struct sockaddr_in`: family in the machine's order, port and address in the network's.
final class SocketAddresses {
    static final int SIZE = 16;

    private static final short AF_INET = 2;
    private static final ValueLayout.OfShort PORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt ADDRESS = ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

    private SocketAddresses() {}

    static MemorySegment of(InetSockAddress a, Arena arena) {
        MemorySegment m = arena.allocate(SIZE, 8);
        m.set(ValueLayout.JAVA_SHORT, 0, AF_INET);
        m.set(PORT, 2, (short) a.port());
        m.set(ADDRESS, 4, a.ip().v4Bits());
        return m;
    }

    static InetSockAddress read(MemorySegment m) {
        return InetSockAddress.of(IpAddress.v4(m.get(ADDRESS, 4)), m.get(PORT, 2) & 0xFFFF);
    }
}

package dev.netstack4j.systemtests.walk;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a connection costs that nobody uses, measured.
class IdleConnectionsTest {
    private static final int CONNECTIONS = 5000;
    private static final int MOST_BYTES = 3 * 1024;

    @Test
    @Mechanism("B18")
    void anEndOfAnIdleConnectionTakesAFewKilobytesAndNoPacket() throws Exception {
        try (Pair pair = Pair.virtual()) {
            long[] bytes = new long[2];
            long[] packets = new long[2];
            pair.start("application", () -> {
                        try (StreamServer server = StreamServer.listen(pair.b.sockets(), Pair.addressOf(2, 80), 8)) {
                            List<StreamSocket> warm = connect(pair, server, 50);
                            pair.runtime.pause(Pair.SECOND);
                            bytes[0] = usedBytes();
                            packets[0] = livePackets(pair);
                            List<StreamSocket> open = connect(pair, server, CONNECTIONS);
                            pair.runtime.pause(Pair.SECOND);
                            bytes[1] = usedBytes();
                            packets[1] = livePackets(pair);
                            closeAll(open);
                            closeAll(warm);
                        }
                    })
                    .join();
            long perEnd = (bytes[1] - bytes[0]) / (2 * CONNECTIONS);
            System.out.println("an end of an idle connection takes " + perEnd + " bytes");
            assertTrue(perEnd > 0 && perEnd < MOST_BYTES, "an end of an idle connection takes " + perEnd + " bytes");
            assertTrue(packets[1] - packets[0] < 64, "packets are held, beyond what the rings refill at a time");
        }
    }

    private static List<StreamSocket> connect(Pair pair, StreamServer server, int count) throws Exception {
        List<StreamSocket> ends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ends.add(StreamSocket.connect(pair.a.sockets(), Pair.addressOf(2, 80)));
            ends.add(server.accept());
        }
        return ends;
    }

    private static void closeAll(List<StreamSocket> ends) {
        for (StreamSocket s : ends) {
            s.close();
        }
    }

    private static long livePackets(Pair pair) {
        return pair.a.packets().live() + (long) pair.b.packets().live();
    }

    /// Of the heap, what can be reached.
    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

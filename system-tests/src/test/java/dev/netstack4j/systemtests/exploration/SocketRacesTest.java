package dev.netstack4j.systemtests.exploration;

import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.systemtests.walk.Pair;
import dev.netstack4j.testkit.explore.Choices;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Races of sockets over the real driver, its device model and the whole stack.
class SocketRacesTest {
    private static final int SCHEDULES = 25;
    private static final int DATAGRAMS = 8;

    /// Two readers own the socket by turns while datagrams arrive: what finds it owned goes to its backlog.
    private static void datagrams(VirtualRuntime runtime, Choices choices) throws Exception {
        try (Pair pair = Pair.of(runtime, Map.of());
                DatagramPort a = DatagramPort.bind(pair.a.sockets(), Pair.addressOf(1, 5000));
                DatagramPort b = DatagramPort.bind(pair.b.sockets(), Pair.addressOf(2, 5000))) {
            a.send(new byte[1], 0, 1, Pair.addressOf(2, 5000)); // resolves the neighbour
            b.receive(new byte[1], 0, 1);
            choices.begin();
            AppThread[] readers = new AppThread[2];
            for (int r = 0; r < 2; r++) {
                readers[r] = pair.start("reader" + r, () -> {
                    for (int i = 0; i < DATAGRAMS / 2; i++) {
                        b.receive(new byte[10], 0, 10);
                    }
                });
            }
            pair.start("sender", () -> {
                for (int i = 0; i < DATAGRAMS; i++) {
                    a.send(new byte[10], 0, 10, Pair.addressOf(2, 5000));
                }
            });
            choices.end();
            readers[0].join(); // fails when a wake was lost: nothing is left to happen
            readers[1].join();
        }
    }

    /// A connection is closed by one side while the other one sends and reads.
    private static void closing(VirtualRuntime runtime, Choices choices) throws Exception {
        try (Pair pair = Pair.of(runtime, Map.of());
                StreamServer listener = StreamServer.listen(pair.b.sockets(), Pair.addressOf(2, 80), 8)) {
            StreamSocket client = StreamSocket.connect(pair.a.sockets(), Pair.addressOf(2, 80));
            StreamSocket server = listener.accept();
            choices.begin();
            AppThread writes = pair.start("writes", () -> {
                client.write(new byte[3000], 0, 3000);
                client.shutdownOutput();
                while (client.read(new byte[100], 0, 100) > 0) {
                    // to the end
                }
                client.close();
            });
            AppThread reads = pair.start("reads", () -> {
                int got = 0;
                for (int n = server.read(new byte[1000], 0, 1000); n > 0; n = server.read(new byte[1000], 0, 1000)) {
                    got += n;
                }
                server.close();
                if (got != 3000) {
                    throw new AssertionError("read " + got + " of 3000 bytes");
                }
            });
            choices.end();
            writes.join();
            reads.join();
        }
    }

    @Test
    void noDatagramAndNoWakeIsLostBetweenOwnersOfASocket() {
        Races.check("readers against softirqs, over drivers", SCHEDULES, SocketRacesTest::datagrams);
    }

    @Test
    void aStreamIsWholeHoweverItsCloseMeetsItsData() {
        Races.check("close against receive, over drivers", SCHEDULES, SocketRacesTest::closing);
    }
}

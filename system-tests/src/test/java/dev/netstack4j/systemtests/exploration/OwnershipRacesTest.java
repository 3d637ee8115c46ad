package dev.netstack4j.systemtests.exploration;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.testkit.explore.Choices;
import org.junit.jupiter.api.Test;

/// Softirqs of one CPU find a socket owned by a call on the other one: what arrives goes to its backlog, and the owner
/// hands over. All on the loopback device of a host with two CPUs.
class OwnershipRacesTest {
    private static final int SCHEDULES = 60;
    private static final int DATAGRAMS = 6;
    private static final InetSockAddress HERE = InetSockAddress.of("127.0.0.1", 5000);

    /// What an application does.
    private interface Body {
        void run() throws Exception;
    }

    private static AppThread start(VirtualRuntime runtime, String name, Body body) {
        return runtime.start(name, () -> {
            try {
                body.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void send(Stack stack, int count) throws NetException {
        try (DatagramPort p = DatagramPort.bind(stack.sockets(), InetSockAddress.of("127.0.0.1", 0))) {
            for (int i = 0; i < count; i++) {
                p.send(new byte[10], 0, 10, HERE);
            }
        }
    }

    private static void datagrams(VirtualRuntime runtime, Choices choices) throws Exception {
        Stack stack = Races.whole(runtime);
        DatagramPort port = DatagramPort.bind(stack.sockets(), HERE);
        runtime.runDue();
        choices.begin();
        AppThread[] readers = new AppThread[2];
        for (int r = 0; r < readers.length; r++) {
            readers[r] = start(runtime, "reader" + r, () -> {
                for (int i = 0; i < DATAGRAMS / 2; i++) {
                    port.receive(new byte[10], 0, 10);
                }
            });
        }
        start(runtime, "sender", () -> send(stack, DATAGRAMS));
        choices.end();
        readers[0].join(); // fails when work or a wake was lost: nothing is left to happen
        readers[1].join();
        port.close();
        Races.close(stack);
    }

    /// One thread reads, one sends, one closes what the first one reads from.
    private static void closedWhileRead(VirtualRuntime runtime, Choices choices) throws Exception {
        Stack stack = Races.whole(runtime);
        DatagramPort port = DatagramPort.bind(stack.sockets(), HERE);
        runtime.runDue();
        choices.begin();
        AppThread reader = start(runtime, "reader", () -> readUntilClosed(port));
        start(runtime, "sender", () -> send(stack, 2));
        start(runtime, "closer", port::close);
        choices.end();
        reader.join();
        Races.close(stack);
    }

    private static void readUntilClosed(DatagramPort port) throws NetException {
        try {
            while (port.receive(new byte[10], 0, 10) >= 0) {
                // what comes before the end
            }
        } catch (NetException e) {
            if (e.errno() != Errno.EBADF) {
                throw e;
            }
        }
    }

    /// The same over TCP, where the peer is told.
    private static void streamClosedWhileRead(VirtualRuntime runtime, Choices choices) throws Exception {
        Stack stack = Races.whole(runtime);
        StreamServer listener = StreamServer.listen(stack.sockets(), HERE, 1);
        StreamSocket client = StreamSocket.connect(stack.sockets(), HERE);
        StreamSocket server = listener.accept();
        runtime.runDue();
        choices.begin();
        AppThread reader = start(runtime, "reader", () -> readUntilClosed(server));
        AppThread writer = start(runtime, "writer", () -> writeAndRead(client));
        start(runtime, "closer", server::close);
        choices.end();
        reader.join();
        writer.join();
        listener.close();
        Races.close(stack);
    }

    private static void readUntilClosed(StreamSocket s) throws NetException {
        try {
            while (s.read(new byte[100], 0, 100) > 0) {
                // what comes before the end
            }
        } catch (NetException e) {
            if (e.errno() != Errno.EBADF) {
                throw e;
            }
        }
    }

    /// The peer may close with bytes unread: that is a reset.
    private static void writeAndRead(StreamSocket s) throws NetException {
        try {
            s.write(new byte[1000], 0, 1000);
            s.shutdownOutput();
            while (s.read(new byte[100], 0, 100) > 0) {
                // to the end
            }
        } catch (NetException e) {
            if (e.errno() != Errno.ECONNRESET && e.errno() != Errno.EPIPE && e.errno() != Errno.ENOTCONN) {
                throw e;
            }
        } finally {
            s.close();
        }
    }

    @Test
    void noDatagramAndNoWakeIsLostWhenASocketsOwnersHandOver() {
        Races.check("backlog owner hand-over", SCHEDULES, OwnershipRacesTest::datagrams);
    }

    @Test
    void whoReadsFromASocketThatIsClosedIsTold() {
        Races.check("close against receive, datagrams", SCHEDULES, OwnershipRacesTest::closedWhileRead);
    }

    @Test
    void whoReadsFromAConnectionThatIsClosedIsToldAndSoIsThePeer() {
        Races.check("close against receive, streams", SCHEDULES, OwnershipRacesTest::streamClosedWhileRead);
    }
}

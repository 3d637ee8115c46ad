package dev.netstack4j.systemtests.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.systemtests.walk.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// One scenario (ARP, ping, UDP, a TCP connection with 64 KiB each way and its close) over a clean cable, run in real
/// time and stepped in virtual time. The same binary does the same in both; what [Masked] masks depends on time or
/// chance.
class TraceTest {
    private static final int BYTES = 64 << 10;

    private record Run(String exact, List<String> out, List<String> in) {}

    private static Run run(StackRuntime runtime) throws Exception {
        try (Pair pair = Pair.of(runtime, Map.of())) {
            for (Stack s : List.of(pair.a, pair.b)) {
                s.service(Sysctls.class).find("net.ipv4.tcp_timestamps").set(0);
            }
            try (Trace trace = new Trace(pair.a)) {
                pair.start("ping", () -> ping(pair)).join();
                pair.start("udp", () -> datagrams(pair)).join();
                stream(pair);
                runtime.pause(Pair.SECOND / 2); // the last acknowledgements
                List<Trace.Frame> all = new ArrayList<>(trace.frames());
                return new Run(trace.exactHash(), Masked.of(all, true), Masked.of(all, false));
            }
        }
    }

    private static void ping(Pair pair) {
        var calls = pair.a.sockets();
        int fd = calls.socket(2, SocketType.DGRAM, IpProtocol.ICMP);
        assertTrue(fd >= 0, "no ping socket: " + fd);
        byte[] echo = new byte[64];
        for (int i = 0; i < 3; i++) {
            echo[0] = 8;
            echo[7] = (byte) i;
            assertEquals(64, calls.sendmsg(fd, new Message().bytes(echo, 0, 64).to(Pair.addressOf(2, 0))));
            assertEquals(64, calls.recvmsg(fd, new Message().bytes(new byte[100], 0, 100)));
        }
        calls.close(fd);
    }

    private static void datagrams(Pair pair) throws Exception {
        try (DatagramPort a = DatagramPort.bind(pair.a.sockets(), Pair.addressOf(1, 5000));
                DatagramPort b = DatagramPort.bind(pair.b.sockets(), Pair.addressOf(2, 5000))) {
            byte[] bytes = pattern(3000); // in fragments
            for (int n : new int[] {1, 500, 1472, 3000}) {
                a.send(bytes, 0, n, Pair.addressOf(2, 5000));
                assertEquals(n, b.receive(new byte[4000], 0, 4000));
                b.send(bytes, 0, n, Pair.addressOf(1, 5000));
                assertEquals(n, a.receive(new byte[4000], 0, 4000));
            }
        }
    }

    private static void stream(Pair pair) {
        byte[] bytes = pattern(BYTES);
        pair.connect(
                s -> {
                    s.write(bytes, 0, BYTES);
                    readAll(s::read);
                    s.shutdownOutput();
                    assertEquals(-1, s.read(new byte[1], 0, 1));
                },
                s -> {
                    readAll(s::read);
                    s.write(bytes, 0, BYTES);
                    assertEquals(-1, s.read(new byte[1], 0, 1)); // the client closes first
                });
    }

    private interface Reader {
        int read(byte[] b, int at, int n) throws Exception;
    }

    private static void readAll(Reader r) throws Exception {
        byte[] got = new byte[BYTES];
        for (int at = 0; at < BYTES; ) {
            int n = r.read(got, at, BYTES - at);
            assertTrue(n > 0);
            at += n;
        }
    }

    private static byte[] pattern(int n) {
        byte[] b = new byte[n];
        new SplittableRandom(n).nextBytes(b);
        return b;
    }

    private static StackRuntime stepped(long seed) {
        return StackFactory.find().virtualTime(seed);
    }

    @Test
    void realTimeAndVirtualTimeGiveTheSameTrace() throws Exception {
        Run real = run(StackFactory.find().realTime());
        Run virtual = run(stepped(1));
        assertEquals(String.join("\n", virtual.out), String.join("\n", real.out));
        assertEquals(String.join("\n", virtual.in), String.join("\n", real.in));
        assertTrue(real.out.stream().anyMatch(l -> l.startsWith("bytes " + BYTES)), () -> real.toString());
        assertTrue(real.out.size() > 10 && real.in.size() > 10, () -> real.toString());
        System.out.println("trace: " + real.out.size() + " + " + real.in.size() + " masked lines, hash "
                + Integer.toHexString(real.out.hashCode()) + " " + Integer.toHexString(real.in.hashCode()));
    }

    @Test
    void twoSteppedRunsWithOneSeedAreEqualToTheByteAndTheNanosecondAndAnotherSeedDiffers() throws Exception {
        String first = run(stepped(7)).exact;
        assertEquals(first, run(stepped(7)).exact);
        assertNotEquals(first, run(stepped(8)).exact);
    }
}

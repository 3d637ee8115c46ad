package dev.netstack4j.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.core.runtime.RuntimeCore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Sockets in real time: threads and CPUs meet at the same sockets.
class SocketStressTest {
    private static final int BYTES = 4 << 20;

    @Test
    @Timeout(60)
    @Mechanism("J11")
    void streams_both_ways_on_several_cpus_lose_and_leak_nothing() {
        try (RuntimeCore runtime = RuntimeCore.realTime()) {
            SocketHost h = new SocketHost(runtime, 2);
            h.listener("pair");
            List<AppThread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int client = h.stream();
                h.calls.setsockopt(client, SocketOption.SOL_SOCKET, SocketOption.SO_SNDBUF, OptionValue.of(9_000));
                assertEquals(0, h.calls.connect(client, new PipeAddress("pair")));
                int server = h.calls.accept(0);
                threads.add(runtime.start("a", () -> send(h, client)));
                threads.add(runtime.start("b", () -> receive(h, server)));
                threads.add(runtime.start("c", () -> send(h, server)));
                threads.add(runtime.start("d", () -> receive(h, client)));
            }
            threads.forEach(AppThread::join);
            h.assertNoLeak();
            h.host.close();
        }
    }

    private static void send(SocketHost h, int fd) {
        byte[] piece = new byte[7_000];
        Message m = new Message();
        int at = 0;
        while (at < BYTES) {
            int n = Math.min(piece.length, BYTES - at);
            for (int i = 0; i < n; i++) {
                piece[i] = (byte) (at + i);
            }
            assertEquals(n, h.calls.sendmsg(fd, m.bytes(piece, 0, n)));
            at += n;
        }
        assertEquals(0, h.calls.shutdown(fd, 1));
    }

    private static void receive(SocketHost h, int fd) {
        byte[] piece = new byte[5_000];
        Message m = new Message();
        int at = 0;
        for (int n = read(h, fd, m, piece); n > 0; n = read(h, fd, m, piece)) {
            for (int i = 0; i < n; i++) {
                assertEquals((byte) (at + i), piece[i]);
            }
            at += n;
        }
        assertEquals(BYTES, at);
    }

    private static int read(SocketHost h, int fd, Message m, byte[] piece) {
        return (int) h.calls.recvmsg(fd, m.bytes(piece, 0, piece.length));
    }
}

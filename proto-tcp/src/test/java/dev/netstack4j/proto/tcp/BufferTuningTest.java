package dev.netstack4j.proto.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.proto.tcp.net.TwoNodes;
import org.junit.jupiter.api.Test;

/// Buffers grow for those who use them, on a path with a round trip of 40 ms.
class BufferTuningTest {
    private static final int CHUNK = 30_000;
    private final TwoNodes net = new TwoNodes(6).delay(20_000_000);

    private void end(TwoNodes.Pair pair) {
        net.a.close(pair.client());
        net.b.close(pair.server());
        net.b.close(pair.listener());
        net.end();
    }

    @Test
    @Mechanism("C28")
    void the_receive_buffer_of_a_slow_reader_stays_as_it_is() {
        TwoNodes.Pair pair = net.connected();
        int before = pair.server().settings().receiveBuffer;
        byte[] in = new byte[500];
        net.until(
                () -> {
                    net.a.write(pair.client(), new byte[CHUNK]);
                    net.b.read(pair.server(), in, 0);
                    return false;
                },
                2000);
        assertEquals(before, pair.server().settings().receiveBuffer);
        end(pair);
    }

    @Test
    @Mechanism("B9")
    void the_send_buffer_grows_to_two_windows_unless_it_was_set() {
        assertTrue(grownTo(false) > 4 * 16_384);
    }

    @Test
    @Mechanism("B9")
    void a_send_buffer_that_was_set_stays() {
        assertEquals(16_384, grownTo(true));
    }

    private int grownTo(boolean locked) {
        net.a.host.sysctls().set("net.ipv4.tcp_wmem.max", 4 << 20);
        TwoNodes.Pair pair = net.connected();
        pair.client().settings().sendBuffer = 16_384;
        pair.client().settings().sendBufferLocked = locked;
        byte[] in = new byte[60_000];
        net.until(
                () -> {
                    while (net.a.write(pair.client(), new byte[CHUNK]) > 0) {}
                    while (net.b.read(pair.server(), in, 0) > 0) {}
                    return false;
                },
                2000);
        int grown = pair.client().settings().sendBuffer;
        end(pair);
        return grown;
    }
}

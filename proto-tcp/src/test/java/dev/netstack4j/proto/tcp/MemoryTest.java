package dev.netstack4j.proto.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.net.Scripted;
import dev.netstack4j.proto.tcp.net.Segment;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

/// Memory is bounded, for each socket and for all of a stack; queues give way before anything is lost.
class MemoryTest {
    private static final int SMALL = 600; // more than is appended to the last segment anyway
    private final Scripted peer = new Scripted();

    private byte[] read(TcpSock s) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[20_000];
        for (int n = peer.node.read(s, some, 0); n > 0; n = peer.node.read(s, some, 0)) {
            all.write(some, 0, n);
        }
        return all.toByteArray();
    }

    private static byte[] sent(int from, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (from + i);
        }
        return bytes;
    }

    private long count(String name) {
        return peer.node.count("TcpExt." + name);
    }

    private long held() {
        return peer.node.tcp.memory().bytes();
    }

    private void end(TcpSock s) {
        peer.node.close(s);
        peer.in("R", s.rcv.nxt - s.rcv.irs, 0, 0).pass(1000);
        assertEquals(0, held());
        peer.noLeak();
    }

    @Test
    void small_segments_are_copied_together_when_the_buffer_is_full_and_nothing_is_lost() {
        TcpSock s = peer.accepted();
        s.settings().receiveBuffer = 40_000;
        int seq = 1;
        while (count("TCPRcvCollapsed") == 0) {
            peer.in("PA", seq, 1, SMALL);
            seq += SMALL;
            assertTrue(seq < 60_000, "never copied together");
        }
        assertTrue(count("PruneCalled") > 0);
        assertEquals(0, count("TCPRcvQDrop"));
        assertTrue(s.context().readAllocated() < 40_000, "holds " + s.context().readAllocated());
        assertArrayEquals(sent(1, seq - 1), read(s));
        end(s);
    }

    @Test
    void segments_behind_a_gap_are_copied_together_too_and_come_in_order() {
        TcpSock s = peer.accepted();
        s.settings().receiveBuffer = 40_000;
        int seq = 1 + SMALL;
        while (count("TCPRcvCollapsed") == 0) {
            peer.in("PA", seq, 1, SMALL);
            seq += SMALL;
            assertTrue(seq < 60_000, "never copied together");
        }
        assertEquals(0, count("TCPOFODrop"));
        peer.in("PA", 1, 1, SMALL);
        assertArrayEquals(sent(1, seq - 1), read(s));
        end(s);
    }

    @Test
    void the_last_segments_behind_a_gap_give_way_to_data_in_order() {
        TcpSock s = peer.accepted();
        s.settings().receiveBuffer = 40_000;
        int seq = 1 + 30 * SMALL;
        for (int i = 0; count("TCPOFODrop") == 0; i++) {
            peer.in("PA", seq + 2 * i * SMALL, 1, SMALL); // a gap each, so that nothing can be copied together
            assertTrue(i < 40, "the buffer was never full");
        }
        int behind = s.rcv.outOfOrder.length();
        long walks = count("PruneCalled");
        for (int i = 0; i < 20; i++) {
            peer.in("PA", 59_000, 1, SMALL);
        }
        assertEquals(21, count("TCPOFODrop"));
        assertEquals(walks, count("PruneCalled"), "queues are not walked for each segment");
        peer.in("PA", 1, 1, SMALL);
        assertEquals(1, count("OfoPruned"));
        int left = s.rcv.outOfOrder.length();
        assertTrue(left > 0 && left < behind, left + " of " + behind);
        assertEquals(0, s.rcv.sackBlocks);
        assertEquals(seq, dev.netstack4j.proto.tcp.header.SegmentControl.seq(s.rcv.outOfOrder.peek()) - s.rcv.irs);
        assertArrayEquals(sent(1, SMALL), read(s));
        end(s);
    }

    /// Marks of `tcp_mem` in pages.
    private void marks(int min, int pressure, int max) {
        peer.setting("net.ipv4.tcp_mem.min", min)
                .setting("net.ipv4.tcp_mem.pressure", pressure)
                .setting("net.ipv4.tcp_mem.max", max);
    }

    @Test
    void under_pressure_little_is_promised_until_it_is_over() {
        marks(4, 8, 100);
        TcpSock s = peer.accepted();
        s.settings().receiveBuffer = 100_000;
        int seq = 1;
        Segment last = null;
        while (!peer.node.tcp.memory().isPressed()) {
            peer.in("PA", seq, 1, 1000).pass(250);
            seq += 1000;
            assertTrue(seq < 50_000, "no pressure at " + held());
        }
        assertEquals(1, count("TCPMemoryPressures"));
        int edge = 0;
        for (int i = 0; i < 100; i++) {
            for (Segment out = peer.next(); out != null; out = peer.next()) {
                edge = Math.max(edge, peer.relativeAck(out) + out.window());
                last = out;
            }
            if (seq + 1000 <= edge) {
                peer.in("PA", seq, 1, 1000).pass(250);
                seq += 1000;
            }
        }
        assertTrue(last != null && last.window() <= 4000, "promised " + last);
        assertEquals(seq - 1, read(s).length);
        assertFalse(peer.node.tcp.memory().isPressed());
        end(s);
    }

    @Test
    void above_the_last_mark_a_socket_gets_no_more_and_says_so() {
        marks(2, 4, 6);
        TcpSock s = peer.accepted();
        int seq = 1;
        while (count("TCPRcvQDrop") == 0) {
            peer.in("PA", seq, 1, 1000);
            seq += 1000;
            assertTrue(seq < 60_000, "never full");
        }
        assertTrue(peer.node.tcp.memory().isFull());
        assertTrue(count("RcvPruned") > 0);
        assertTrue(held() < 10 * 4096, "holds " + held());
        byte[] block = new byte[10_000];
        assertTrue(peer.node.write(s, block) > 0, "the first page is everybody's");
        int n = 0;
        for (int i = 0; i < 10 && n >= 0; i++) {
            n = peer.node.write(s, block);
        }
        assertEquals(-11, n);
        read(s);
        end(s);
    }

    @Test
    void an_orphan_that_holds_memory_is_reset_when_there_is_none_left() {
        marks(2, 4, 6);
        TcpSock s = peer.connected();
        peer.window = 0;
        peer.in("A", 1, 1, 0).skip();
        for (int i = 0; i < 20; i++) {
            peer.node.write(s, new byte[10_000]);
        }
        assertTrue(peer.node.tcp.memory().isFull());
        peer.node.close(s);
        assertEquals(TcpState.CLOSED, s.state());
        assertEquals(1, count("TCPAbortOnMemory"));
        assertEquals(0, held());
        peer.pass(1000).noLeak();
    }

    private int setting(String name) {
        return java.util.Objects.requireNonNull(peer.node.host.sysctls().find(name))
                .get();
    }

    @Test
    void defaults_follow_the_memory_of_the_host() {
        long memory = peer.node.host.pool().memory().size();
        assertEquals(memory / 2 / 4096, setting("net.ipv4.tcp_mem.pressure"));
        assertEquals(memory / 4096, setting("net.ipv4.tcp_max_orphans"));
    }
}

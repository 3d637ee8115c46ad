package dev.netstack4j.proto.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.doc.Proves;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.net.Scripted;
import dev.netstack4j.proto.tcp.net.Segment;
import dev.netstack4j.proto.tcp.net.Transfer;
import dev.netstack4j.proto.tcp.net.TwoNodes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What arriving data does.
class ReceivingTest {
    private final Scripted peer = new Scripted();

    private void end(TcpSock s) {
        peer.node.close(s);
        peer.in("R", s.rcv.nxt - s.rcv.irs, 0, 0).pass(1000).noLeak();
    }

    private byte[] read(TcpSock s) {
        byte[] bytes = new byte[100_000];
        int n = peer.node.read(s, bytes, 0);
        return Arrays.copyOf(bytes, Math.max(0, n));
    }

    @Test
    @Proves({"RFC9293-SHLD-19", "RFC5681-4.2-3"})
    @Mechanism({"C25"})
    void after_the_start_every_second_segment_is_acknowledged_and_a_lone_one_after_a_while() {
        TcpSock s = peer.accepted();
        int seq = 1;
        for (int i = 0; i < 40; i++) {
            peer.in("PA", seq, 1, 1000);
            seq += 1000;
            read(s);
        }
        peer.skip();
        peer.in("PA", seq, 1, 1000).expectNothing();
        read(s);
        peer.expectNothing().in("PA", seq + 1000, 1, 1000);
        peer.expect("A", 1, seq + 2000, 0);
        peer.in("PA", seq + 2000, 1, 1000).expectNothing().pass(210).expect("A", 1, seq + 3000, 0);
        assertEquals(1, peer.node.count("TcpExt.DelayedACKs"));
        end(s);
    }

    @Test
    @Mechanism({"C21", "C22", "C20"})
    void permuted_segments_are_delivered_in_order() {
        TcpSock s = peer.accepted();
        peer.in("A", 2001, 1, 1000).expect("A", 1, 1, 0);
        peer.in("A", 1001, 1, 1000).expect("A", 1, 1, 0);
        assertEquals(2, peer.node.count("TcpExt.TCPOFOQueue"));
        assertEquals(2, s.rcv.outOfOrder.length());
        assertEquals(0, read(s).length);
        peer.in("A", 1, 1, 1000).expect("A", 1, 3001, 0);
        byte[] all = read(s);
        assertEquals(3000, all.length);
        for (int i = 0; i < 3000; i++) {
            int segment = 1 + i / 1000 * 1000;
            assertEquals((byte) (segment + i % 1000), all[i]);
        }
        end(s);
    }

    @Test
    void overlapping_segments_give_each_byte_once() {
        TcpSock s = peer.accepted();
        peer.in("A", 501, 1, 1000).in("A", 1001, 1, 1000).in("A", 1, 1, 700);
        byte[] all = read(s);
        assertEquals(2000, all.length);
        for (int i = 0; i < 2000; i++) {
            assertEquals((byte) (1 + i), all[i], "byte " + i);
        }
        end(s);
    }

    @Test
    @Proves("RFC9293-MUST-39")
    @Mechanism({"C29", "C30", "B17"})
    void a_slow_reader_shuts_the_window_and_reading_opens_it_again() {
        TcpSock s = peer.accepted();
        int seq = 1;
        int edge = 30_000;
        Segment last = null;
        while (seq < edge) {
            int n = Math.min(1000, edge - seq);
            peer.in("PA", seq, 1, n).pass(250);
            seq += n;
            for (Segment out = peer.next(); out != null; out = peer.next()) {
                last = out;
                edge = Math.max(edge, peer.relativeAck(out) + out.window());
            }
        }
        assertNotNull(last);
        assertEquals(0, last.window());
        assertTrue(peer.node.count("TcpExt.TCPToZeroWindowAdv") > 0);
        int got = 0;
        for (byte[] some = read(s); some.length > 0; some = read(s)) {
            got += some.length;
        }
        assertEquals(seq - 1, got);
        Segment update = peer.next();
        assertNotNull(update);
        assertTrue(update.window() > 0);
        end(s);
    }

    @Test
    @Proves({"RFC9293-SHLD-14", "RFC7323-2.4-2"})
    void a_promised_window_never_shrinks() {
        TcpSock s = peer.accepted();
        int edge = 1 + 60_000;
        int seq = 1;
        for (int i = 0; i < 40; i++) {
            peer.in("PA", seq, 1, 100 + i * 7);
            for (Segment out = peer.next(); out != null; out = peer.next()) {
                int right = peer.relativeAck(out) + out.window();
                assertTrue(right >= edge || i == 0, "edge went from " + edge + " to " + right);
                edge = right;
            }
            seq += 100 + i * 7;
        }
        end(s);
    }

    @Test
    @Mechanism({"C19", "A1"})
    void data_stays_in_the_buffer_that_it_came_in() {
        TcpSock s = peer.accepted();
        long copies = peer.node.host.ledger().copies();
        peer.in("PA", 1, 1, 1000).in("PA", 1001, 1, 1000);
        assertEquals(2, s.receiveQueue().length());
        assertEquals(copies, peer.node.host.ledger().copies());
        end(s);
    }

    @Test
    void small_segments_share_a_buffer() {
        TcpSock s = peer.accepted();
        for (int i = 0; i < 50; i++) {
            peer.in("PA", 1 + i, 1, 1);
        }
        assertTrue(s.receiveQueue().length() < 5, s.receiveQueue().length() + " buffers");
        assertEquals(50, read(s).length);
        end(s);
    }

    @Test
    @Mechanism({"A12"})
    void a_segment_for_which_there_is_no_room_takes_the_slow_path() {
        TcpSock s = peer.accepted();
        peer.in("PA", 1, 1, 1000);
        long hits = peer.node.count("TcpExt.TCPHPHits");
        s.settings().receiveBuffer = 1000; // of which thrice as much is borne
        peer.in("PA", 1001, 1, 1000).in("PA", 2001, 1, 1000).in("PA", 3001, 1, 1000);
        assertEquals(hits, peer.node.count("TcpExt.TCPHPHits"));
        assertEquals(1, peer.node.count("TcpExt.TCPRcvQDrop"));
        end(s);
    }

    @Test
    @Mechanism({"C20"})
    void without_prediction_the_stream_is_the_same() {
        TwoNodes net = new TwoNodes(3).delay(1_000_000);
        net.b.host.sysctls().set("net.netstack4j.tcp_header_prediction", 0);
        Transfer.both(net, 500_000, 0).run(60_000);
        assertEquals(0, net.b.count("TcpExt.TCPHPHits"));
        net.end();
    }

    @Test
    @Mechanism({"C26"})
    void an_urgent_byte_is_read_out_of_line() {
        TcpSock s = peer.accepted();
        peer.in("PAU", 1, 1, new byte[] {10, 11, 12}, 3);
        assertTrue((peer.node.ops.poll(s) & 2) != 0);
        byte[] one = new byte[1];
        assertEquals(1, peer.node.read(s, one, MessageFlags.OOB));
        assertEquals(12, one[0]);
        assertEquals(-22, peer.node.read(s, one, MessageFlags.OOB));
        peer.in("PA", 4, 1, new byte[] {13}, 0);
        assertArrayEquals(new byte[] {10, 11}, read(s));
        assertEquals(1, peer.node.ioctl(s, 0x8905));
        assertArrayEquals(new byte[] {13}, read(s));
        end(s);
    }

    @Test
    @Mechanism({"C26"})
    void urgent_data_is_announced_to_the_peer() {
        TcpSock s = peer.accepted();
        peer.node.write(s, new byte[] {1, 2, 3}, 0, 3, MessageFlags.OOB);
        Segment out = peer.expect("PAU", 1, 1, 3);
        assertEquals(3, out.urgent());
        end(s);
    }

    @Test
    void peeking_leaves_the_data() {
        TcpSock s = peer.accepted();
        peer.in("PA", 1, 1, 100);
        byte[] bytes = new byte[200];
        assertEquals(100, peer.node.read(s, bytes, MessageFlags.PEEK));
        assertEquals(100, peer.node.ioctl(s, 0x541B));
        assertEquals(100, read(s).length);
        assertEquals(0, peer.node.ioctl(s, 0x541B));
        end(s);
    }

    @Test
    @Mechanism({"C15", "A15"})
    void malformed_segments_are_counted_and_change_nothing() {
        TcpSock s = peer.accepted();
        byte[] good = peer.packet("PA", 1, 1, new byte[100], 0);
        byte[] shortHeader = good.clone();
        shortHeader[32] = 0x40;
        peer.node.arrive(shortHeader);
        byte[] longHeader = Arrays.copyOf(good, 40);
        longHeader[32] = (byte) 0xF0;
        peer.node.arrive(longHeader);
        peer.node.arrive(Arrays.copyOf(good, 33));
        byte[] flipped = good.clone();
        flipped[60] ^= 1;
        peer.node.arrive(flipped);
        assertEquals(4, peer.node.count("Tcp.InErrs"));
        assertEquals(1, peer.node.count("Tcp.InCsumErrors"));
        assertEquals(0, read(s).length);
        peer.expectNothing();
        end(s);
    }

    @Test
    void every_truncation_of_a_segment_ends_in_a_reason() {
        TcpSock s = peer.accepted();
        peer.options = new byte[] {1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 5, 2, 1, 0};
        byte[] good = peer.packet("PA", 1, 1, new byte[50], 0);
        for (int length = 20; length < good.length; length++) {
            peer.node.arrive(Arrays.copyOf(good, length));
        }
        peer.options = new byte[0];
        assertEquals(0, read(s).length);
        end(s);
    }

    @Test
    @Mechanism({"C27", "C28"})
    void the_receive_buffer_grows_with_what_is_read_and_the_round_trip_is_known() {
        TwoNodes net = new TwoNodes(4).delay(10_000_000);
        net.a.host.sysctls().set("net.ipv4.tcp_wmem.max", 2 << 20);
        net.b.host.sysctls().set("net.ipv4.tcp_rmem.max", 2 << 20);
        TwoNodes.Pair pair = net.connected();
        int before = pair.server().settings().receiveBuffer;
        byte[] in = new byte[60_000];
        net.until(
                () -> {
                    while (net.a.write(pair.client(), new byte[30_000]) > 0) {}
                    while (net.b.read(pair.server(), in, 0) > 0) {}
                    return pair.server().settings().receiveBuffer >= 2 << 20;
                },
                5000);
        assertTrue(pair.server().settings().receiveBuffer > 2 * before);
        long rtt = pair.server().rcv.rttNanos;
        assertTrue(rtt > 15_000_000 && rtt < 60_000_000, "rtt " + rtt);
        net.a.close(pair.client());
        net.b.close(pair.server());
        net.b.close(pair.listener());
        net.end();
    }

    @Test
    @Mechanism({"C28"})
    void a_fixed_receive_buffer_does_not_grow() {
        TwoNodes net = new TwoNodes(5).delay(10_000_000);
        TcpSock listener = net.b.listen(80, 4);
        listener.settings().receiveBufferLocked = true;
        TwoNodes.Pair pair = net.connected(listener, net.a.socket(), 80);
        int before = pair.server().settings().receiveBuffer;
        byte[] in = new byte[60_000];
        net.until(
                () -> {
                    net.a.write(pair.client(), new byte[30_000]);
                    while (net.b.read(pair.server(), in, 0) > 0) {}
                    return false;
                },
                500);
        assertEquals(before, pair.server().settings().receiveBuffer);
        net.a.close(pair.client());
        net.b.close(pair.server());
        net.b.close(pair.listener());
        net.end();
    }

    @Test
    @Mechanism({"C35"})
    void early_demux_gives_the_route_that_the_connection_remembers() {
        TcpSock s = peer.accepted();
        peer.in("PA", 1, 1, 100);
        SkBuff skb = peer.node.host.packet(peer.packet("PA", 101, 1, new byte[10], 0));
        skb.resetNetworkHeader();
        skb.transportHeader(skb.data() + 20);
        skb.dev(s.receiveDst.device());
        peer.node.tcp.entry().earlyDemux(skb, peer.node.cpu());
        assertEquals(peer.node.network.dst, skb.dst());
        skb.consume(peer.node.host.ledger().consume("TEST", "test"), peer.node.cpu());
        end(s);
    }

    @Test
    @Mechanism({"A11"})
    void memory_is_charged_while_data_waits_and_given_back_when_it_is_read() {
        TcpSock s = peer.accepted();
        peer.in("PA", 1, 1, 1000);
        assertTrue(s.context().readAllocated() >= 1000);
        read(s);
        assertEquals(0, s.context().readAllocated());
        end(s);
    }

    @Test
    void old_timestamps_are_refused() {
        peer.setting("net.ipv4.tcp_timestamps", 1);
        TcpSock listener = peer.node.listen(80, 4);
        peer.options = stamp(1000);
        peer.in("S", 0, 0, 0).expect("SA", 0, 1, 0);
        peer.options = stamp(1001);
        peer.in("A", 1, 1, 0);
        TcpSock s = peer.node.accept(listener);
        assertNotNull(s);
        peer.in("PA", 1, 1, 10);
        peer.skip();
        peer.options = stamp(900);
        peer.in("PA", 11, 1, 10).expect("A", 1, 11, 0);
        assertEquals(1, peer.node.count("TcpExt.PAWSEstab"));
        assertEquals(10, read(s).length);
        peer.node.close(listener);
        peer.options = stamp(1002);
        end(s);
    }

    private static byte[] stamp(int value) {
        return java.nio.ByteBuffer.allocate(12)
                .putInt(0x0101080A)
                .putInt(value)
                .putInt(0)
                .array();
    }

    @Test
    @Proves("RFC9293-MUST-66")
    void with_a_closed_window_urgent_pointers_and_resets_count() {
        TcpSock s = peer.accepted();
        int seq = closeWindow(s);
        peer.in("UA", seq, 1, new byte[0], 5).skip();
        assertTrue(s.rcv.urgentPending);
        assertEquals(s.rcv.nxt + 4, s.rcv.urgentSeq);
        peer.in("PA", seq, 1, 10).skip();
        assertEquals(TcpState.ESTABLISHED, s.state());
        peer.in("R", seq, 0, 0);
        assertEquals(TcpState.CLOSED, s.state());
        peer.node.close(s);
        peer.noLeak();
    }

    /// @return the sequence number behind the window
    private int closeWindow(TcpSock s) {
        int seq = 1;
        int edge = 30_000;
        while (seq < edge) {
            int n = Math.min(1000, edge - seq);
            peer.in("PA", seq, 1, n).pass(250);
            seq += n;
            for (Segment out = peer.next(); out != null; out = peer.next()) {
                edge = Math.max(edge, peer.relativeAck(out) + out.window());
            }
        }
        return seq;
    }

    @Test
    @Proves("RFC2018-8-2")
    void what_was_thrown_away_to_make_room_is_not_reported_any_more() {
        peer.setting("net.ipv4.tcp_sack", 1);
        TcpSock listener = peer.node.listen(80, 4);
        peer.options = new byte[] {2, 4, 3, (byte) 0xE8, 1, 1, 4, 2};
        peer.in("S", 0, 0, 0).expect("SA", 0, 1, 0);
        peer.options = new byte[0];
        peer.in("A", 1, 1, 0);
        TcpSock s = peer.node.accept(listener);
        assertNotNull(s);
        peer.in("A", 1001, 1, 1000);
        Segment report = peer.next();
        assertNotNull(report);
        assertEquals(12, report.options().length);
        s.settings().receiveBuffer = 1;
        peer.in("A", 1, 1, 1000).pass(250);
        Segment last = report;
        for (Segment out = peer.next(); out != null; out = peer.next()) {
            last = out;
        }
        assertEquals(0, last.options().length);
        assertTrue(peer.relativeAck(last) <= 1001, "acknowledged to " + peer.relativeAck(last));
        peer.node.close(listener);
        end(s);
    }

    @Test
    @Proves({"RFC7323-5.4-1", "RFC7323-5.4-2", "RFC7323-5.4-3"})
    void the_clock_of_timestamps_ticks_each_millisecond() {
        TcpSock s = peer.accepted();
        int before = s.timestamp(peer.node.cpu());
        peer.pass(1000);
        assertEquals(1000, s.timestamp(peer.node.cpu()) - before, 2);
        end(s);
    }
}

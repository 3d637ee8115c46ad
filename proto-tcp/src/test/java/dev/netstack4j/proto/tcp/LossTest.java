package dev.netstack4j.proto.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.doc.Proves;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.RecoveryVars.Phase;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.net.Scripted;
import dev.netstack4j.proto.tcp.net.Segment;
import dev.netstack4j.proto.tcp.recovery.RoundTrip;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/// What is done about losses. The peer's MSS is 1000.
class LossTest {
    private final Scripted peer = new Scripted();

    private void end(TcpSock s) {
        peer.node.close(s);
        peer.in("R", s.rcv.nxt - s.rcv.irs, 0, 0).pass(1000).noLeak();
    }

    @Test
    void three_duplicate_acknowledgements_send_the_segment_again() {
        TcpSock s = peer.connected();
        peer.node.write(s, new byte[5000]);
        peer.skip();
        peer.in("A", 1, 1, 0).in("A", 1, 1, 0).expectNothing();
        peer.in("A", 1, 1, 0).expect("A", 1, 1, 1000);
        peer.expectNothing();
        assertEquals(Phase.RECOVERY, s.rec.phase);
        assertEquals(1, peer.node.count("TcpExt.TCPFastRetrans"));
        peer.in("A", 1, 2001, 0).expect("A", 2001, 1, 1000);
        peer.in("A", 1, 5001, 0);
        assertEquals(Phase.OPEN, s.rec.phase);
        end(s);
    }

    @Test
    void limited_transmit_sends_new_data_on_the_first_duplicates() {
        TcpSock s = peer.connected();
        peer.node.write(s, new byte[20_000]);
        peer.skip();
        peer.in("A", 1, 1, 0).expect("A", 10001, 1, 1000);
        peer.in("A", 1, 1, 0).expect("A", 11001, 1, 1000);
        peer.expectNothing();
        end(s);
    }

    @Test
    void sack_tells_what_is_lost() {
        peer.setting("net.ipv4.tcp_sack", 1);
        TcpSock s = peer.connecting();
        peer.options = new byte[] {2, 4, 3, (byte) 0xE8, 1, 1, 4, 2};
        peer.in("SA", 0, 1, 0).skip();
        peer.node.write(s, new byte[8000]);
        peer.skip().pass(5);
        sack(s, 1, 3001, 7001);
        peer.expect("A", 1, 1, 1000);
        peer.expect("A", 1001, 1, 1000);
        peer.expect("A", 2001, 1, 1000);
        sack(s, 1, 3001, 8001);
        peer.expectNothing();
        peer.options = new byte[0];
        peer.in("A", 1, 8001, 0).expectNothing();
        assertEquals(3, peer.node.count("Tcp.RetransSegs"));
        end(s);
    }

    @Test
    @Proves("RFC8985-7.2-1")
    void a_lost_tail_is_probed_before_the_timeout() {
        TcpSock s = withSack();
        peer.node.write(s, new byte[3000]);
        peer.skip();
        peer.pass(20).expect("PA", 2001, 1, 1000);
        peer.expectNothing();
        sack(s, 1, 2001, 3001);
        peer.expect("A", 1, 1, 1000);
        sack(s, 1001, 2001, 3001);
        peer.expect("A", 1001, 1, 1000);
        peer.options = new byte[0];
        peer.in("A", 1, 3001, 0);
        assertEquals(0, peer.node.count("TcpExt.TCPTimeouts"));
        assertEquals(1, peer.node.count("TcpExt.TCPLossProbes"));
        end(s);
    }

    private TcpSock withProbeOut() {
        TcpSock s = withSack();
        peer.node.write(s, new byte[3000]);
        peer.skip();
        peer.pass(20).expect("PA", 2001, 1, 1000);
        return s;
    }

    @Test
    void a_probe_that_was_needless_leaves_the_window() {
        TcpSock s = withProbeOut();
        int before = s.cc.cwnd();
        peer.in("A", 1, 3001, 0);
        sack(s, 3001, 2001, 3001);
        peer.options = new byte[0];
        sendAndAcknowledge(s);
        assertEquals(0, peer.node.count("TcpExt.TCPLossProbeRecovery"));
        assertTrue(s.cc.cwnd() >= before, "window of " + s.cc.cwnd());
        end(s);
    }

    @Test
    void a_second_bare_acknowledgement_says_as_much_as_a_report() {
        TcpSock s = withProbeOut();
        peer.in("A", 1, 3001, 0).in("A", 1, 3001, 0);
        sendAndAcknowledge(s);
        assertEquals(0, peer.node.count("TcpExt.TCPLossProbeRecovery"));
        end(s);
    }

    @Test
    @Proves({"RFC8985-7.4.2-1", "RFC8985-7.4.2-2"})
    void a_probe_that_repaired_a_loss_shrinks_the_window_once() {
        TcpSock s = withProbeOut();
        peer.in("A", 1, 3001, 0);
        sendAndAcknowledge(s);
        assertEquals(1, peer.node.count("TcpExt.TCPLossProbeRecovery"));
        end(s);
    }

    private void sendAndAcknowledge(TcpSock s) {
        peer.node.write(s, new byte[1000]);
        peer.expect("PA", 3001, 1, 1000);
        peer.in("A", 1, 4001, 0);
    }

    @Test
    void a_lost_retransmission_is_found_when_something_sent_later_arrives() {
        TcpSock s = withSack();
        peer.node.write(s, new byte[8000]);
        peer.skip().pass(5);
        sack(s, 1, 1001, 7001);
        peer.expect("A", 1, 1, 1000);
        peer.pass(5).options = new byte[0];
        peer.node.write(s, new byte[1000]);
        Segment later = peer.next();
        assertNotNull(later);
        assertEquals(8001, peer.relative(later));
        peer.pass(5);
        sack(s, 1, 8001, 9001);
        peer.expect("A", 1, 1, 1000);
        assertEquals(0, peer.node.count("TcpExt.TCPTimeouts"));
        peer.options = new byte[0];
        end(s);
    }

    @Test
    void an_echo_from_before_the_retransmission_tells_of_reordering() {
        peer.setting("net.ipv4.tcp_timestamps", 1).setting("net.ipv4.tcp_sack", 1);
        TcpSock s = peer.connecting();
        int echo = s.timestamp(peer.node.cpu());
        peer.options = ByteBuffer.allocate(20)
                .putInt(0x020403F4) // MSS 1012: 1000 bytes beside the timestamps
                .putInt(0x01010402)
                .putInt(0x0101080A)
                .putInt(1)
                .putInt(echo)
                .array();
        peer.in("SA", 0, 1, 0).skip();
        peer.node.write(s, new byte[5000]);
        peer.skip().pass(5);
        peer.options = stampAndReports(s, echo, 1001, 2001, 3001, 5001);
        peer.in("A", 1, 1, 0).expect("A", 1, 1, 1000);
        peer.pass(5).skip();
        peer.options = stampAndReports(s, echo, 3001, 5001);
        peer.in("A", 1, 2001, 0);
        assertEquals(0, peer.node.count("TcpExt.TCPPartialUndo"), "another retransmission is out");
        assertEquals(1, peer.node.count("TcpExt.TCPTSReorder"));
        assertEquals(1, s.rec.reorderingSeen);
        peer.options = stampAndReports(s, echo);
        peer.in("A", 1, 5001, 0);
        assertEquals(1, peer.node.count("TcpExt.TCPFullUndo"));
        end(s);
    }

    private static byte[] stampAndReports(TcpSock s, int echo, int... edges) {
        ByteBuffer b = ByteBuffer.allocate(edges.length == 0 ? 12 : 16 + 4 * edges.length);
        b.putInt(0x0101080A).putInt(1).putInt(echo);
        if (edges.length > 0) {
            b.putInt(0x01010502 + 4 * edges.length);
        }
        for (int edge : edges) {
            b.putInt(s.snd.isn + edge);
        }
        return b.array();
    }

    @Test
    @Mechanism({"C31"})
    void a_lost_segment_is_sent_again_at_the_timeout_which_doubles() {
        TcpSock s = peer.connected();
        peer.node.write(s, new byte[1000]);
        long sent = peer.expect("PA", 1, 1, 1000).at();
        peer.pass(10_000);
        long first = peer.expect("PA", 1, 1, 1000).at();
        long second = peer.expect("PA", 1, 1, 1000).at();
        long third = peer.expect("PA", 1, 1, 1000).at();
        long rto = first - sent;
        Scripted.near(second - first, 2 * rto / 1_000_000, "second");
        Scripted.near(third - second, 4 * rto / 1_000_000, "third");
        end(s);
    }

    private TcpSock withSack() {
        peer.setting("net.ipv4.tcp_sack", 1);
        TcpSock s = peer.connecting();
        peer.options = new byte[] {2, 4, 3, (byte) 0xE8, 1, 1, 4, 2};
        peer.in("SA", 0, 1, 0).skip();
        peer.options = new byte[0];
        return s;
    }

    private void sack(TcpSock s, int ack, int from, int to) {
        ByteBuffer b = ByteBuffer.allocate(12);
        b.putInt(0x0101050A).putInt(s.snd.isn + from).putInt(s.snd.isn + to);
        peer.options = b.array();
        peer.in("A", 1, ack, 0);
    }

    @Test
    @Proves({"RFC9293-MUST-20", "RFC9293-SHLD-10"})
    void after_three_timeouts_the_route_is_asked_anew() {
        TcpSock s = peer.connected();
        peer.node.write(s, new byte[1000]);
        peer.skip();
        int before = peer.node.network.lookups;
        peer.pass(3_100);
        assertEquals(before, peer.node.network.lookups);
        peer.pass(11_000);
        assertTrue(peer.node.network.lookups > before);
        peer.skip();
        end(s);
    }

    @Test
    @Proves({"RFC8985-3.3.2-4", "RFC8985-3.3.2-5"})
    void a_late_segment_is_waited_for_by_a_round_trip_at_most() {
        peer.setting("net.ipv4.tcp_sack", 1);
        TcpSock s = peer.connecting();
        peer.pass(20).options = new byte[] {2, 4, 3, (byte) 0xE8, 1, 1, 4, 2};
        peer.in("SA", 0, 1, 0).skip();
        peer.options = new byte[0];
        s.rec.reorderingSeen = 1;
        s.rec.rackSteps = 200;
        s.rec.rackPersist = 16;
        peer.node.write(s, new byte[3000]);
        peer.skip().pass(5);
        sack(s, 1, 1001, 2001);
        assertTrue(s.rec.srttNanos < 50 * s.rec.minRttNanos);
        peer.pass((int) (s.rec.srttNanos / 1_000_000) + 8);
        assertNotNull(peer.next());
        peer.options = new byte[0];
        end(s);
    }

    @Test
    @Proves("RFC8985-6.2-1")
    void the_least_round_trip_is_that_of_the_last_minutes() {
        RecoveryVars rec = new RecoveryVars();
        long window = 300_000_000_000L;
        RoundTrip.least(rec, 10_000_000, window, 1);
        RoundTrip.least(rec, 50_000_000, window, window);
        assertEquals(10_000_000, rec.minRttNanos);
        RoundTrip.least(rec, 40_000_000, window, window + 2);
        assertEquals(40_000_000, rec.minRttNanos);
    }
}

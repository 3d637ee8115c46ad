package dev.netstack4j.proto.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.doc.Proves;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.net.Scripted;
import dev.netstack4j.proto.tcp.net.Segment;
import dev.netstack4j.proto.tcp.net.TwoNodes;
import org.junit.jupiter.api.Test;

/// How connections begin and end.
class LifeTest {
    private final Scripted peer = new Scripted();

    @Test
    void a_syn_is_sent_again_with_growing_pauses_until_it_times_out() {
        TcpSock s = peer.connecting();
        peer.pass(300_000);
        int n = 0;
        for (Segment syn = peer.next(); syn != null; syn = peer.next()) {
            n++;
        }
        assertEquals(7 + 4, n);
        assertEquals(110, s.takeError());
        assertEquals(TcpState.CLOSED, s.state());
        peer.node.close(s);
        peer.noLeak();
    }

    @Test
    void a_syn_ack_is_sent_again_and_the_half_open_connection_is_forgotten_at_last() {
        TcpSock listener = peer.node.listen(80, 4);
        peer.synOptions(1000, -1).in("S", 0, 0, 0).expect("SA", 0, 1, 0);
        peer.pass(100_000);
        int n = 0;
        for (Segment s = peer.next(); s != null; s = peer.next()) {
            n++;
        }
        assertEquals(5, n);
        assertNotNull(listener.listen);
        assertEquals(0, listener.listen.synLength);
        assertEquals(1, peer.node.tcp.demux().connections() + 1);
        peer.node.close(listener);
        peer.noLeak();
    }

    @Test
    @Mechanism({"C33"})
    void a_full_accept_queue_ignores_connections_until_there_is_room() {
        TcpSock listener = peer.node.listen(80, 0);
        peer.synOptions(1000, -1);
        peer.in("S", 0, 0, 0).expect("SA", 0, 1, 0);
        peer.options = new byte[0];
        peer.in("A", 1, 1, 0);
        peer.peerPort = 5001;
        peer.in("S", 0, 0, 0).expectNothing();
        assertEquals(1, peer.node.count("TcpExt.ListenOverflows"));
        TcpSock first = peer.node.accept(listener);
        assertNotNull(first);
        assertNull(peer.node.accept(listener));
        peer.in("S", 0, 0, 0);
        Segment answer = peer.next();
        assertNotNull(answer);
        assertEquals(5001, answer.destinationPort());
        peer.node.close(listener);
        peer.node.close(first);
        peer.pass(2_000_000).noLeak();
    }

    @Test
    void closing_a_listener_resets_what_waits_to_be_accepted() {
        TcpSock listener = peer.node.listen(80, 4);
        peer.synOptions(1000, -1).in("S", 0, 0, 0).expect("SA", 0, 1, 0);
        peer.options = new byte[0];
        peer.in("A", 1, 1, 0);
        peer.node.close(listener);
        peer.expect("RA", 1, 1, 0);
        assertEquals(0, peer.node.tcp.demux().connections());
        peer.noLeak();
    }

    @Test
    @Proves("RFC9293-MUST-13")
    @Mechanism({"C32"})
    void time_wait_lasts_a_minute_and_then_the_port_is_free() {
        TcpSock s = peer.connected();
        int port = s.localPort();
        peer.node.close(s);
        peer.expect("FA", 1, 1, 0);
        peer.in("FA", 1, 2, 0).expect("A", 2, 2, 0);
        assertEquals(1, peer.node.tcp.demux().connections());
        TcpSock other = peer.node.socket();
        assertEquals(-98, peer.node.bind(other, port));
        peer.pass(59_000);
        assertEquals(1, peer.node.tcp.demux().connections());
        peer.pass(2_000);
        assertEquals(0, peer.node.tcp.demux().connections());
        assertEquals(0, peer.node.bind(other, port));
        peer.node.close(other);
        peer.noLeak();
    }

    @Test
    void a_later_syn_ends_time_wait_and_connects() {
        TcpSock listener = peer.node.listen(80, 4);
        TcpSock s = peer.accepted(listener);
        peer.node.close(s);
        peer.expect("FA", 1, 1, 0);
        peer.in("FA", 1, 2, 0).expect("A", 2, 2, 0);
        peer.synOptions(1000, -1).in("S", 100_000, 0, 0);
        Segment answer = peer.next();
        assertNotNull(answer);
        assertEquals(0x12, answer.flags());
        assertEquals(1, peer.node.count("TcpExt.TWRecycled"));
        peer.node.close(listener);
        peer.pass(100_000).noLeak();
    }

    @Test
    void both_sides_may_close_at_once() {
        TwoNodes net = new TwoNodes(7);
        TwoNodes.Pair p = net.connected();
        net.a.close(p.client());
        net.b.close(p.server());
        net.run(1000);
        assertEquals(1, net.a.tcp.demux().connections());
        assertEquals(1, net.b.tcp.demux().connections());
        net.b.close(p.listener());
        net.end();
        assertEquals(0, net.a.tcp.demux().connections());
    }

    @Test
    void both_sides_may_open_at_once() {
        TwoNodes net = new TwoNodes(8);
        TcpSock a = net.a.socket();
        TcpSock b = net.b.socket();
        assertEquals(0, net.a.bind(a, 4000));
        assertEquals(0, net.b.bind(b, 4001));
        net.a.connect(a, net.b.address, 4001);
        net.b.connect(b, net.a.address, 4000);
        net.run(1000);
        assertEquals(TcpState.ESTABLISHED, a.state());
        assertEquals(TcpState.ESTABLISHED, b.state());
        net.a.write(a, new byte[100]);
        net.run(1000);
        assertEquals(100, net.b.read(b, new byte[200], 0));
        net.a.close(a);
        net.b.close(b);
        net.end();
    }

    @Test
    void one_side_may_go_on_sending_after_the_other_closed() {
        TwoNodes net = new TwoNodes(9);
        TwoNodes.Pair p = net.connected();
        net.a.shutdown(p.client(), 1);
        net.run(100);
        assertEquals(0, net.b.read(p.server(), new byte[10], 0));
        assertEquals(TcpState.FIN_WAIT2, p.client().state());
        net.b.write(p.server(), new byte[5000]);
        net.run(1000);
        assertEquals(5000, net.a.read(p.client(), new byte[6000], 0));
        net.b.close(p.server());
        net.run(1000);
        assertEquals(0, net.a.read(p.client(), new byte[10], 0));
        net.a.close(p.client());
        net.b.close(p.listener());
        net.end();
    }

    @Test
    void closing_with_unread_data_resets() {
        TcpSock s = peer.accepted();
        peer.in("PA", 1, 1, 100).skip();
        peer.node.close(s);
        peer.expect("RA", 1, 101, 0);
        assertEquals(1, peer.node.count("TcpExt.TCPAbortOnClose"));
        peer.noLeak();
    }

    @Test
    void lingering_for_no_time_resets() {
        TcpSock s = peer.accepted();
        s.settings().lingerSeconds = 0;
        peer.node.close(s);
        peer.expect("RA", 1, 1, 0);
        peer.noLeak();
    }

    @Test
    void data_for_a_closed_socket_is_answered_by_a_reset() {
        TcpSock s = peer.accepted();
        peer.node.close(s);
        peer.expect("FA", 1, 1, 0);
        peer.in("A", 1, 2, 0).in("PA", 1, 2, 100);
        Segment answer = peer.next();
        assertNotNull(answer);
        assertTrue(answer.has(4));
        assertEquals(TcpState.CLOSED, s.state());
        peer.noLeak();
    }

    @Test
    void a_half_closed_connection_without_a_descriptor_ends_after_a_minute() {
        TcpSock s = peer.accepted();
        peer.node.close(s);
        peer.in("A", 1, 2, 0);
        assertEquals(TcpState.FIN_WAIT2, s.state());
        peer.pass(61_000);
        assertEquals(TcpState.CLOSED, s.state());
        peer.noLeak();
    }

    @Test
    void keep_alive_asks_an_idle_peer_and_gives_up() {
        TcpSock listener = peer.node.listen(80, 4);
        listener.settings().keepAlive = true;
        TcpSock s = peer.accepted(listener);
        peer.node.option(s, SocketOption.TCP_KEEPCNT, 2);
        peer.node.option(s, SocketOption.TCP_KEEPINTVL, 5);
        peer.node.option(s, SocketOption.TCP_KEEPIDLE, 10);
        peer.pass(11_000).expect("A", 0, 1, 0);
        peer.in("A", 1, 1, 0).expectNothing().pass(30_000);
        peer.expect("A", 0, 1, 0);
        peer.expect("A", 0, 1, 0);
        peer.expect("RA", 1, 1, 0);
        assertEquals(110, s.takeError());
        peer.node.close(s);
        peer.node.close(listener);
        peer.noLeak();
    }

    @Test
    void a_user_timeout_ends_a_connection_whose_data_is_not_acknowledged() {
        TcpSock s = peer.accepted();
        peer.node.option(s, SocketOption.TCP_USER_TIMEOUT, 3000);
        peer.node.write(s, new byte[10]);
        peer.pass(10_000);
        assertEquals(110, s.takeError());
        peer.node.close(s);
        peer.noLeak();
    }

    @Test
    void initial_sequence_numbers_differ_from_peer_to_peer_and_grow_with_time() {
        TwoNodes net = new TwoNodes(10);
        TwoNodes.Pair p = net.connected();
        TwoNodes.Pair q = net.connected(81);
        assertNotEquals(p.client().snd.isn, q.client().snd.isn);
        assertNotEquals(p.client().localPort(), q.client().localPort());
        assertTrue(p.client().localPort() >= 32768 && p.client().localPort() <= 60999);
        for (TcpSock s : new TcpSock[] {p.client(), q.client()}) {
            net.a.close(s);
        }
        for (TcpSock s : new TcpSock[] {p.server(), q.server(), p.listener(), q.listener()}) {
            net.b.close(s);
        }
        net.end();
    }

    @Test
    void a_reset_from_the_peer_is_told_to_the_application() {
        TcpSock s = peer.accepted();
        peer.in("R", 1, 0, 0);
        assertEquals(-104, peer.node.read(s, new byte[10], 0));
        assertEquals(-32, peer.node.write(s, new byte[10]));
        peer.node.close(s);
        peer.noLeak();
    }

    @Test
    void a_port_that_listens_cannot_be_taken_twice() {
        TcpSock listener = peer.node.listen(80, 4);
        TcpSock other = peer.node.socket();
        assertEquals(-98, peer.node.bind(other, 80));
        peer.node.close(listener);
        assertEquals(0, peer.node.bind(other, 80));
        peer.node.close(other);
        peer.noLeak();
    }
}

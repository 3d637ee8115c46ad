package dev.netstack4j.proto.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.doc.Proves;
import dev.netstack4j.api.protocol.InetError;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.proto.tcp.control.RecoveryVars.Phase;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.net.Scripted;
import dev.netstack4j.proto.tcp.net.Segment;
import dev.netstack4j.proto.tcp.net.TestNetwork;
import org.junit.jupiter.api.Test;

/// What leaves when an application writes. The peer's MSS is 1000.
class SendingTest {
    private final Scripted peer = new Scripted();

    private void end(TcpSock s) {
        peer.node.close(s);
        peer.in("R", s.rcv.nxt - s.rcv.irs, 0, 0).pass(1000).noLeak();
    }

    @Test
    @Proves("RFC9293-SHLD-27")
    @Mechanism({"C1", "C2"})
    void ten_small_writes_while_the_window_is_shut_become_one_segment() {
        peer.window = 0;
        TcpSock s = peer.connected();
        for (int i = 0; i < 10; i++) {
            assertEquals(100, peer.node.write(s, new byte[100]));
        }
        assertEquals(1, s.snd.queue.length());
        peer.window = 60_000;
        peer.expectNothing().in("A", 1, 1, 0).expect("PA", 1, 1, 1000);
        end(s);
    }

    @Test
    @Mechanism({"C1", "C9"})
    void a_write_of_three_segments_makes_three() {
        TcpSock s = peer.connected();
        assertEquals(3000, peer.node.write(s, new byte[3000]));
        peer.expect("A", 1, 1, 1000);
        peer.expect("A", 1001, 1, 1000);
        peer.expect("PA", 2001, 1, 1000);
        peer.expectNothing();
        end(s);
    }

    @Test
    @Mechanism({"C5"})
    void nagle_holds_a_small_segment_while_one_is_in_flight() {
        TcpSock s = peer.connected();
        peer.node.write(s, new byte[10]);
        peer.expect("PA", 1, 1, 10);
        peer.node.write(s, new byte[10]);
        peer.node.write(s, new byte[10]);
        peer.expectNothing().in("A", 1, 11, 0).expect("PA", 11, 1, 20);
        end(s);
    }

    @Test
    @Mechanism({"C5"})
    void without_nagle_each_write_leaves_at_once() {
        TcpSock s = peer.connected();
        peer.node.option(s, SocketOption.TCP_NODELAY, 1);
        for (int i = 0; i < 3; i++) {
            peer.node.write(s, new byte[10]);
            peer.expect("PA", 1 + 10 * i, 1, 10);
        }
        end(s);
    }

    @Test
    @Mechanism({"C5"})
    void a_cork_holds_partial_segments_until_it_is_pulled() {
        TcpSock s = peer.connected();
        peer.node.option(s, SocketOption.TCP_CORK, 1);
        peer.node.write(s, new byte[600]);
        peer.expectNothing();
        peer.node.write(s, new byte[600]);
        peer.expect("A", 1, 1, 1000);
        peer.expectNothing();
        peer.node.option(s, SocketOption.TCP_CORK, 0);
        peer.expect("PA", 1001, 1, 200);
        end(s);
    }

    @Test
    @Mechanism({"C5"})
    void more_to_come_holds_a_partial_segment() {
        TcpSock s = peer.connected();
        peer.node.write(s, new byte[10], 0, 10, MessageFlags.MORE);
        peer.expectNothing();
        peer.node.write(s, new byte[10]);
        peer.expect("PA", 1, 1, 20);
        end(s);
    }

    @Test
    @Mechanism({"C6", "C7", "C12", "C24"})
    void ten_segments_leave_then_the_congestion_window_waits_for_acknowledgements() {
        TcpSock s = peer.connected();
        peer.node.write(s, new byte[20_000]);
        for (int i = 0; i < 10; i++) {
            peer.expect("A", 1 + 1000 * i, 1, 1000);
        }
        peer.expectNothing();
        long unacked = peer.node.option(s, SocketOption.TCP_INFO).fields().get("tcpi_unacked");
        assertEquals(10, unacked);
        peer.in("A", 1, 2001, 0).expect("A", 10001, 1, 1000);
        for (int i = 1; i < 4; i++) {
            peer.expect("A", 10001 + 1000 * i, 1, 1000);
        }
        peer.expectNothing();
        end(s);
    }

    @Test
    @Mechanism({"C8"})
    void nothing_leaves_beyond_the_peers_window() {
        peer.window = 2500;
        TcpSock s = peer.connected();
        peer.node.write(s, new byte[5000]);
        peer.expect("A", 1, 1, 1000);
        peer.expect("A", 1001, 1, 1000);
        peer.expectNothing();
        end(s);
    }

    @Test
    @Mechanism({"C13", "F5"})
    void a_local_drop_reduces_the_window_and_the_data_goes_later() {
        TcpSock s = peer.connected();
        int before = s.cc.cwnd();
        peer.node.network.refuse = XmitResult.DROP;
        peer.node.write(s, new byte[1000]);
        assertEquals(Phase.CWR, s.rec.phase);
        assertTrue(s.cc.ssthresh() < before);
        peer.node.network.refuse = 0;
        peer.pass(300).expect("PA", 1, 1, 1000);
        assertEquals(0, peer.node.count("Tcp.RetransSegs"));
        end(s);
    }

    @Test
    @Mechanism({"C14"})
    void when_a_segment_cannot_be_made_its_data_stays_queued() {
        TcpSock s = peer.connected();
        peer.node.network.refuse = -105;
        assertEquals(1000, peer.node.write(s, new byte[1000]));
        assertEquals(1, s.snd.queue.length());
        assertEquals(0, s.snd.packetsOut);
        peer.node.network.refuse = 0;
        peer.pass(1500).expect("PA", 1, 1, 1000);
        end(s);
    }

    @Test
    @Mechanism({"C4"})
    void a_smaller_path_mtu_shrinks_segments_in_the_middle_of_a_connection() {
        TcpSock s = peer.connected();
        peer.node.write(s, new byte[2000]);
        Segment first = peer.expect("A", 1, 1, 1000);
        peer.skip();
        peer.node.network.mtu = 540;
        icmpTooBig(first, 540);
        peer.expect("A", 1, 1, 500);
        peer.in("A", 1, 2001, 0).skip();
        peer.node.write(s, new byte[1000]);
        peer.expect("A", 2001, 1, 500);
        peer.expect("PA", 2501, 1, 500);
        end(s);
    }

    @Test
    @Mechanism({"C4"})
    void what_was_sent_before_the_path_mtu_shrank_is_cut_also_when_the_window_is_wide() {
        TcpSock s = peer.connected();
        peer.node.write(s, new byte[5000]);
        Segment first = peer.expect("A", 1, 1, 1000);
        peer.skip();
        peer.node.network.mtu = 540;
        icmpTooBig(first, 540);
        peer.skip().pass(1000).skip();
        peer.in("A", 1, 501, 0).expect("A", 501, 1, 500);
        peer.expect("A", 1001, 1, 500);
        peer.in("A", 1, 1501, 0).expect("A", 1501, 1, 500);
        peer.expect("A", 2001, 1, 500);
        peer.expect("A", 2501, 1, 500);
        peer.in("A", 1, 5001, 0);
        end(s);
    }

    private void icmpTooBig(Segment about, int mtu) {
        byte[] quoted = new byte[28];
        java.nio.ByteBuffer b = java.nio.ByteBuffer.wrap(quoted);
        b.putInt(12, peer.node.address.v4Bits()).putInt(16, 0x0A000002);
        b.putShort(20, (short) about.sourcePort()).putShort(22, (short) about.destinationPort());
        b.putInt(24, about.seq());
        var skb = peer.node.host.packet(quoted);
        skb.resetNetworkHeader();
        skb.pull(TestNetwork.HEADER);
        skb.resetTransportHeader();
        peer.node.tcp.errors().receive(skb, new InetError().set(3, 4, 90, true, mtu), peer.node.cpu());
        skb.consume(peer.node.host.ledger().consume("TEST", "test"), peer.node.cpu());
    }

    @Test
    @Mechanism({"C34"})
    void an_unreachable_port_ends_a_connection_attempt() {
        TcpSock s = peer.node.socket();
        peer.node.connect(s, dev.netstack4j.api.address.IpAddress.parse("10.0.0.2"), 5000);
        Segment syn = peer.next();
        assertNotNull(syn);
        byte[] quoted = new byte[28];
        java.nio.ByteBuffer b = java.nio.ByteBuffer.wrap(quoted);
        b.putInt(12, peer.node.address.v4Bits()).putInt(16, 0x0A000002);
        b.putShort(20, (short) syn.sourcePort()).putShort(22, (short) 5000).putInt(24, syn.seq());
        var skb = peer.node.host.packet(quoted);
        skb.resetNetworkHeader();
        skb.pull(TestNetwork.HEADER);
        skb.resetTransportHeader();
        peer.node.tcp.errors().receive(skb, new InetError().set(3, 3, 111, true, 0), peer.node.cpu());
        skb.consume(peer.node.host.ledger().consume("TEST", "test"), peer.node.cpu());
        assertEquals(111, s.takeError());
        peer.node.close(s);
        peer.noLeak();
    }

    @Test
    @Mechanism({"C29"})
    void a_shut_window_is_probed_and_sending_goes_on_when_it_opens() {
        TcpSock s = peer.connected();
        peer.window = 0;
        peer.in("A", 1, 1, 0);
        peer.node.write(s, new byte[1000]);
        peer.expectNothing().pass(5000);
        peer.expect("A", 0, 1, 0);
        peer.expect("A", 0, 1, 0);
        peer.skip();
        peer.window = 60_000;
        peer.in("A", 1, 1, 0).expect("PA", 1, 1, 1000);
        end(s);
    }

    @Test
    @Mechanism({"A10"})
    void a_retransmission_does_not_touch_a_copy_that_the_device_still_has() {
        TcpSock s = peer.connected();
        peer.node.network.ringSize = 10;
        peer.node.network.orphans = true;
        peer.node.write(s, new byte[1000]);
        peer.expect("PA", 1, 1, 1000);
        long copies = peer.node.host.ledger().copies();
        peer.pass(1500).skip();
        assertTrue(peer.node.host.ledger().copies() > copies);
        end(s);
    }

    @Test
    void what_still_lies_in_the_device_is_not_sent_again() {
        TcpSock s = peer.connected();
        peer.node.network.ringSize = 10;
        peer.node.write(s, new byte[1000]);
        peer.expect("PA", 1, 1, 1000);
        peer.pass(1500).expectNothing();
        assertEquals(3, peer.node.count("TcpExt.TCPSpuriousRtxHostQueues"));
        peer.node.network.ringSize = 0;
        end(s);
    }

    @Test
    @Mechanism({"B9"})
    void a_full_send_buffer_refuses_and_an_acknowledgement_makes_room() {
        TcpSock s = peer.connected();
        int written = 0;
        int n = peer.node.write(s, new byte[60_000]);
        while (n > 0) {
            written += n;
            n = peer.node.write(s, new byte[60_000]);
        }
        assertEquals(-11, n);
        assertEquals(0, peer.node.ops.poll(s) & 4);
        peer.in("A", 1, 8_001, 0).skip();
        assertTrue(written > 10_000, "took " + written);
        assertTrue(peer.node.write(s, new byte[60_000]) > 0);
        end(s);
    }

    @Test
    void the_limit_of_bytes_below_throttles_and_freeing_goes_on() {
        peer.setting("net.ipv4.tcp_limit_output_bytes", 4096);
        TcpSock s = peer.connected();
        peer.node.network.ringSize = 100;
        peer.node.network.drain(0, peer.node.cpu());
        peer.node.write(s, new byte[9000]);
        int sent = s.snd.packetsOut;
        assertTrue(sent < 9, "sent " + sent);
        peer.node.network.drain(0, peer.node.cpu());
        peer.node.softirq();
        assertTrue(s.snd.packetsOut > sent);
        peer.node.network.ringSize = 0;
        end(s);
    }

    @Test
    @Mechanism({"C11"})
    void the_route_is_looked_up_once_and_again_after_it_became_invalid() {
        TcpSock s = peer.connected();
        int lookups = peer.node.network.lookups;
        for (int i = 0; i < 5; i++) {
            peer.node.write(s, new byte[1000]);
            peer.in("A", 1, 1 + 1000 * (i + 1), 0);
        }
        assertEquals(lookups, peer.node.network.lookups);
        assertTrue(peer.node.network.confirms > 0);
        end(s);
    }
}

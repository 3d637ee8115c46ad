package dev.netstack4j.proto.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.net.Scripted;
import org.junit.jupiter.api.Test;

/// What one socket has in qdisc and ring when the device is slow. The path has a round trip of 100 ms: a millisecond of
/// the rate is less than a segment, so that two packets may lie below, or three when the last one was not yet too much.
class SmallQueueTest {
    private static final int MOST_BELOW = 3;
    private final Scripted peer = new Scripted();

    private TcpSock connected() {
        peer.setting("net.ipv4.tcp_sack", 1);
        TcpSock s = peer.connecting();
        peer.pass(100);
        peer.options = new byte[] {2, 4, 3, (byte) 0xE8, 1, 1, 4, 2};
        peer.in("SA", 0, 1, 0).skip();
        peer.options = new byte[0];
        peer.node.network.drain(0, peer.node.cpu());
        peer.node.network.ringSize = 100;
        return s;
    }

    private int sent() {
        int n = 0;
        while (peer.next() != null) {
            n++;
        }
        return n;
    }

    private int complete() {
        peer.node.network.drain(0, peer.node.cpu());
        peer.node.softirq();
        return sent();
    }

    private void end(TcpSock s) {
        peer.node.network.ringSize = 0;
        peer.node.network.drain(0, peer.node.cpu());
        peer.options = new byte[0];
        peer.node.close(s);
        peer.in("R", 1, 0, 0).pass(1000).noLeak();
    }

    @Test
    void a_slow_device_has_few_segments_of_a_socket_and_the_rest_when_it_has_sent_them() {
        TcpSock s = connected();
        peer.node.write(s, new byte[10_000]);
        int at = sent();
        assertTrue(at >= 2 && at <= MOST_BELOW, "sent " + at);
        while (at < 10) {
            int more = complete();
            assertTrue(more >= 1 && more <= MOST_BELOW, "sent " + more + " after " + at);
            at += more;
        }
        assertTrue(peer.node.count("TcpExt.TCPSmallQueueThrottled") > 0);
        end(s);
    }

    @Test
    void what_is_sent_again_waits_for_the_device_too() {
        peer.setting("net.ipv4.tcp_frto", 0).setting("net.ipv4.tcp_early_retrans", 0);
        TcpSock s = connected();
        peer.node.write(s, new byte[10_000]);
        for (int at = sent(); at < 10; ) {
            at += complete();
        }
        complete();
        peer.pass(500); // the timeout: all is lost
        complete();
        s.cc.cwnd(20);
        peer.in("A", 1, 1001, 0);
        int again = sent();
        assertTrue(again >= 2 && again <= 2 * MOST_BELOW, "sent again " + again);
        int at = again;
        for (int more = complete(); more > 0; more = complete()) {
            assertTrue(more <= 2 * MOST_BELOW, "sent again " + more + " after " + at);
            at += more;
        }
        assertEquals(9, at);
        end(s);
    }
}

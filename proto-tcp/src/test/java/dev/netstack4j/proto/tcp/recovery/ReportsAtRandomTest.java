package dev.netstack4j.proto.tcp.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.runtime.RandomStream;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.net.Scripted;
import dev.netstack4j.proto.tcp.net.Segment;
import dev.netstack4j.testkit.fake.FakeRandom;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A window of some hundred segments of which many are lost, again and again, reported as a receiver reports them, of
/// whose acknowledgements some are lost too: after each, the queue says what follows from all reports.
class ReportsAtRandomTest {
    private static final int MSS = 1000;
    private static final int SEGMENTS = 300;
    private static final int AT_ONCE = 60;
    private final Scripted peer = new Scripted();
    private final BitSet received = new BitSet();
    private final BitSet reported = new BitSet();
    private final Deque<Integer> arriving = new ArrayDeque<>();
    private final Deque<Integer> latest = new ArrayDeque<>();
    private int acknowledged;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void the_queue_says_what_the_reports_say(long seed) {
        RandomStream random = new FakeRandom(seed).stream("reports");
        TcpSock s = connected();
        for (int round = 0; round < 100_000 && acknowledged < SEGMENTS; round++) {
            take();
            Integer next = arriving.poll();
            if (next == null) {
                peer.pass(random.nextInt(300));
                check(s);
                continue;
            }
            if (random.nextInt(100) < 40) {
                continue; // lost
            }
            arrived(next);
            if (random.nextInt(100) < 80) {
                acknowledge(s);
                check(s);
            }
            peer.pass(random.nextInt(3));
        }
        assertEquals(SEGMENTS, acknowledged);
        acknowledge(s);
        assertEquals(0, s.snd.packetsOut);
        peer.options = new byte[0];
        peer.node.close(s);
        peer.in("R", 1, 0, 0).pass(1000).noLeak();
    }

    private TcpSock connected() {
        peer.setting("net.ipv4.tcp_sack", 1);
        TcpSock s = peer.connecting();
        peer.options = new byte[] {2, 4, 3, (byte) 0xE8, 1, 3, 3, 7, 1, 1, 4, 2};
        peer.in("SA", 0, 1, 0).skip();
        peer.options = new byte[0];
        peer.in("A", 1, 1, 0).skip();
        s.settings().sendBuffer = 4 << 20;
        s.cc.cwnd(SEGMENTS);
        byte[] all = new byte[SEGMENTS * MSS];
        for (int done = 0; done < all.length; ) {
            done += peer.node.write(s, all, done, Math.min(AT_ONCE * MSS, all.length - done), 0);
        }
        return s;
    }

    /// What was sent, in segments.
    private void take() {
        for (Segment g = peer.next(); g != null; g = peer.next()) {
            for (int at = peer.relative(g) - 1; at < peer.relative(g) - 1 + g.length(); at += MSS) {
                arriving.add(at / MSS);
            }
        }
    }

    private void arrived(int segment) {
        received.set(segment);
        latest.remove(segment);
        latest.addFirst(segment);
        acknowledged = received.nextClearBit(0);
        latest.removeIf(n -> n < acknowledged);
    }

    /// The run that holds what came last first, then those that changed before.
    private void acknowledge(TcpSock s) {
        BitSet told = new BitSet();
        ByteBuffer b = ByteBuffer.allocate(4 + 3 * 8);
        b.position(4);
        for (int n : latest) {
            if (!told.get(n) && b.hasRemaining()) {
                int from = received.previousClearBit(n) + 1;
                int to = received.nextClearBit(n);
                told.set(from, to);
                b.putInt(s.snd.isn + 1 + from * MSS).putInt(s.snd.isn + 1 + to * MSS);
            }
        }
        int length = b.position();
        b.putInt(0, 0x01010500 | length - 2);
        peer.options = length == 4 ? new byte[0] : java.util.Arrays.copyOf(b.array(), length);
        reported.or(told);
        peer.in("A", 1, 1 + acknowledged * MSS, 0);
    }

    private void check(TcpSock s) {
        int sacked = 0;
        int lost = 0;
        int again = 0;
        int waiting = 0;
        boolean beforeHint = s.rec.retransmitHint != null;
        for (SkBuff skb = s.snd.retransmit.peek(); skb != null; skb = skb.next()) {
            beforeHint &= skb != s.rec.retransmitHint;
            int first = (SegmentControl.seq(skb) - s.snd.isn - 1) / MSS;
            int n = SegmentControl.segments(skb);
            boolean all = reported.nextClearBit(first) >= first + n;
            assertEquals(all, SegmentControl.has(skb, SegmentControl.SACKED), "segment " + first);
            boolean isLost = SegmentControl.has(skb, SegmentControl.LOST);
            boolean isAgain = SegmentControl.has(skb, SegmentControl.RETRANSMITTED);
            assertFalse(beforeHint && isLost && !isAgain, "segment " + first + " waits before the hint");
            boolean mayBeLate = !all && (!isLost || isAgain);
            assertEquals(mayBeLate, s.snd.sentOrder.holds(skb), "segment " + first);
            sacked += all ? n : 0;
            lost += isLost ? n : 0;
            again += isAgain ? n : 0;
            waiting += mayBeLate ? 1 : 0;
        }
        assertEquals(sacked, s.rec.sackedOut);
        assertEquals(lost, s.rec.lostOut);
        assertEquals(again, s.rec.retransmittedOut);
        assertEquals(waiting, inOrder(s));
    }

    private static int inOrder(TcpSock s) {
        int n = 0;
        long before = 0;
        for (SkBuff skb = s.snd.sentOrder.first(); skb != null; skb = s.snd.sentOrder.next(skb)) {
            n++;
            assertTrue(SegmentControl.sentNanos(skb) >= before, "sent before the one in front of it");
            before = SegmentControl.sentNanos(skb);
        }
        return n;
    }
}

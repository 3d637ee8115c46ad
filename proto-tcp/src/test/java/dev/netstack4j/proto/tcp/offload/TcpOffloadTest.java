package dev.netstack4j.proto.tcp.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.protocol.InetFamilies;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.protocol.PacketOffload.GroResult;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.testkit.fake.TestHost;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpOffloadTest {
    private static final int IP = 20;
    private static final int TCP = 32;
    private static final int HEADERS = IP + TCP;
    private static final int ADDRESSES = 0x1409;
    private static final int MSS = 1000;
    private static final int FLAGS_AT = IP + 13;

    private final TestHost host = new TestHost();
    private final ConsumeReason over = host.ledger().consume("TEST", "the test is over");
    private final TcpOffload offload = offload();

    private TcpOffload offload() {
        InetFamilyOps network = mock(InetFamilyOps.class);
        when(network.addressSum(any(SkBuff.class))).thenReturn(ADDRESSES);
        InetFamilies families = mock(InetFamilies.class);
        when(families.find(AddressFamily.INET)).thenReturn(network);
        TcpOffload made = new TcpOffload(families, host.ledger());
        made.start();
        return made;
    }

    @AfterEach
    void nothingIsLeft() {
        host.assertNoLeak();
    }

    private static byte[] payload(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /// A segment whose checksum is right.
    private SkBuff segment(int seq, int flags, byte[] payload, Consumer<SkBuff> change) {
        SkBuff skb = host.packet(new byte[HEADERS + payload.length]);
        int at = skb.data();
        skb.resetNetworkHeader();
        skb.transportHeader(at + IP);
        skb.put32(at + IP, 80 << 16 | 9000);
        skb.put32(at + IP + 4, seq);
        skb.put32(at + IP + 8, 77);
        skb.put32(at + IP + 12, TCP << 26 | flags << 16 | 500);
        skb.put32(at + IP + 20, 0x0101080A);
        skb.put32(at + IP + 24, 1234);
        skb.write(at + HEADERS, payload, 0, payload.length);
        change.accept(skb);
        seal(skb);
        return skb;
    }

    private SkBuff segment(int seq, byte[] payload) {
        return segment(seq, TcpFlags.ACK, payload, skb -> {});
    }

    private static void seal(SkBuff skb) {
        int at = skb.transportHeader();
        skb.put16(at + 16, 0);
        int length = skb.length() - IP;
        skb.put16(at + 16, Checksum.finish(Checksum.fold(ADDRESSES + 6 + length) + skb.sum(IP, length)));
    }

    private static boolean isRight(SkBuff skb) {
        int length = skb.length() - IP;
        return Checksum.add(Checksum.fold(ADDRESSES + 6 + length), skb.sum(IP, length)) == 0xFFFF;
    }

    private static byte[] payloadOf(SkBuff skb) {
        byte[] bytes = new byte[skb.length() - HEADERS];
        skb.read(HEADERS, bytes, 0, bytes.length);
        return bytes;
    }

    private void end(SkBuff skb) {
        skb.consume(over, host.cpu());
    }

    private SkBuff superPacket(int length, int flags) {
        SkBuff skb = segment(5000, flags, payload(length, 3), s -> {});
        skb.gso(GsoType.TCP4, MSS, (length + MSS - 1) / MSS);
        skb.checksumPartial(skb.transportHeader(), 16);
        return skb;
    }

    /// Does what a device or core does last.
    private static void complete(SkBuff skb) {
        int from = skb.csumStart() - skb.data();
        skb.put16(skb.csumStart() + skb.csumOffset(), Checksum.finish(skb.sum(from, skb.length() - from)));
        skb.checksumState(ChecksumState.NONE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Mechanism("C3")
    void eachPieceIsASegmentOfItsOwn(boolean share) {
        SkBuffQueue pieces = new SkBuffQueue();
        int flags = TcpFlags.ACK | TcpFlags.PSH | TcpFlags.FIN;
        assertTrue(offload.gsoSegment(superPacket(4500, flags), share, pieces, host.cpu()));
        assertEquals(5, pieces.length());
        byte[] all = payload(4500, 3);
        for (int i = 0; i < 5; i++) {
            SkBuff piece = pieces.poll();
            complete(piece);
            assertTrue(isRight(piece), "checksum of piece " + i);
            assertEquals(5000 + i * MSS, piece.get32(piece.transportHeader() + 4));
            int expected = i == 4 ? flags : TcpFlags.ACK;
            assertEquals(expected, piece.get8(piece.data() + FLAGS_AT));
            int end = Math.min(4500, (i + 1) * MSS);
            assertArrayEquals(Arrays.copyOfRange(all, i * MSS, end), payloadOf(piece));
            assertEquals(0, piece.gsoSize());
            assertEquals(share, piece.frags() > 0);
            end(piece);
        }
    }

    @Test
    void withoutMemoryNothingIsCut() {
        SkBuffQueue pieces = new SkBuffQueue();
        SkBuff skb = superPacket(4500, TcpFlags.ACK);
        host.pool().failEvery(3);
        assertFalse(offload.gsoSegment(skb, true, pieces, host.cpu()));
        host.pool().failEvery(0);
        assertTrue(pieces.isEmpty());
        assertEquals(HEADERS + 4500, skb.length());
        end(skb);
    }

    @Test
    void whatWasCutIsMergedAgain() {
        SkBuffQueue pieces = new SkBuffQueue();
        assertTrue(offload.gsoSegment(superPacket(4500, TcpFlags.ACK), true, pieces, host.cpu()));
        SkBuff held = pieces.poll();
        complete(held);
        assertNotEquals(0, offload.groFlow(held, host.cpu()));
        assertEquals(GroResult.HOLD, offload.groReceive(null, held, host.cpu()));
        for (int i = 1; i < 5; i++) {
            SkBuff piece = pieces.poll();
            complete(piece);
            assertNotEquals(0, offload.groFlow(piece, host.cpu()));
            assertEquals(
                    i == 4 ? GroResult.MERGED_LAST : GroResult.MERGED, offload.groReceive(held, piece, host.cpu()));
        }
        offload.groComplete(held, host.cpu());
        assertEquals(5, held.gsoSegments());
        assertEquals(MSS, held.gsoSize());
        assertArrayEquals(payload(4500, 3), payloadOf(held));
        complete(held);
        assertTrue(isRight(held));
        end(held);
    }

    private void assertAlone(String what, SkBuff skb) {
        assertEquals(0, offload.groFlow(skb, host.cpu()), what);
        end(skb);
    }

    @Test
    void whatIsNoPlainDataGoesItsWayAlone() {
        byte[] data = payload(MSS, 1);
        for (int flag : new int[] {TcpFlags.SYN, TcpFlags.FIN, TcpFlags.RST, TcpFlags.URG}) {
            assertAlone("flag " + flag, segment(1, TcpFlags.ACK | flag, data, s -> {}));
        }
        assertAlone("no ACK", segment(1, 0, data, s -> {}));
        assertAlone("no data", segment(1, new byte[0]));
        SkBuff wrong = segment(1, data);
        wrong.put8(wrong.data() + HEADERS, ~wrong.get8(wrong.data() + HEADERS));
        assertAlone("checksum", wrong);
        assertAlone(
                "header beyond the packet",
                segment(1, TcpFlags.ACK, new byte[4], s -> s.put8(s.data() + IP + 12, 0xF0)));
    }

    private GroResult after(SkBuff next) {
        SkBuff held = segment(1, payload(MSS, 1));
        assertNotEquals(0, offload.groFlow(held, host.cpu()));
        assertEquals(GroResult.HOLD, offload.groReceive(null, held, host.cpu()));
        assertNotEquals(0, offload.groFlow(next, host.cpu()));
        GroResult result = offload.groReceive(held, next, host.cpu());
        if (result != GroResult.MERGED && result != GroResult.MERGED_LAST) {
            assertEquals(HEADERS + MSS, held.length(), "the held one is as it was");
            end(next);
        }
        end(held);
        return result;
    }

    private SkBuff next(Consumer<SkBuff> change) {
        return segment(1 + MSS, TcpFlags.ACK, payload(MSS, 2), change);
    }

    @Test
    void onlyAnExactContinuationIsMerged() {
        assertEquals(GroResult.MERGED, after(next(s -> {})));
        assertEquals(GroResult.MERGED_LAST, after(next(s -> s.put8(s.data() + FLAGS_AT, TcpFlags.ACK | TcpFlags.PSH))));
        assertEquals(GroResult.MERGED_LAST, after(segment(1 + MSS, payload(10, 2))), "a shorter one is the last");
        assertEquals(GroResult.HOLD, after(segment(1 + MSS, payload(MSS + 1, 2))), "a longer one begins anew");
        assertEquals(GroResult.HOLD, after(segment(2 + MSS, payload(MSS, 2))), "a gap");
        assertEquals(GroResult.HOLD, after(next(s -> s.put32(s.data() + IP + 8, 78))), "another acknowledgement");
        assertEquals(GroResult.HOLD, after(next(s -> s.put16(s.data() + IP + 14, 501))), "another window");
        assertEquals(GroResult.HOLD, after(next(s -> s.put32(s.data() + IP + 24, 1235))), "another timestamp");
        assertEquals(GroResult.HOLD, after(next(s -> s.put8(s.data() + FLAGS_AT, TcpFlags.ACK | TcpFlags.ECE))), "ECE");
        assertEquals(GroResult.OTHER, after(next(s -> s.put32(s.data() + IP, 80 << 16 | 9001))), "another port");
    }

    @Test
    void aPushIsNeverHeld() {
        SkBuff pushed = segment(1, TcpFlags.ACK | TcpFlags.PSH, payload(MSS, 1), s -> {});
        assertNotEquals(0, offload.groFlow(pushed, host.cpu()));
        assertEquals(GroResult.PASS, offload.groReceive(null, pushed, host.cpu()));
        end(pushed);
    }
}

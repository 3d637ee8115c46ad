package dev.netstack4j.nic.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.testkit.fake.TestHost;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VirtioHeaderTest {
    private static final int TRANSPORT = 34;
    private final TestHost host = new TestHost();
    private final Arena arena = Arena.ofShared();
    private final VirtioHeader header = new VirtioHeader(arena);
    private final SkBuff sent = packet(3000);
    private final SkBuff received = packet(3000);

    private SkBuff packet(int length) {
        return host.packet(new byte[length]);
    }

    private void free(SkBuff skb) {
        skb.consume(host.ledger().consume("TEST", "the test is over"), host.cpu());
    }

    @BeforeEach
    void segmentsAreTold() {
        sent.checksumPartial(sent.data() + TRANSPORT, 16);
    }

    @AfterEach
    void nothingIsLeft() {
        free(sent);
        free(received);
        host.assertNoLeak();
        arena.close();
    }

    @Test
    void whatIsSaidOfAPacketIsUnderstoodOfAnother() {
        sent.gso(GsoType.TCP4, 1448, 3);
        header.describe(sent);
        header.apply(received);
        assertEquals(ChecksumState.PARTIAL, received.checksumState());
        assertEquals(received.data() + TRANSPORT, received.csumStart());
        assertEquals(16, received.csumOffset());
        assertEquals(1448, received.gsoSize());
        assertEquals(GsoType.TCP4, received.gsoType());
        assertEquals(3, received.gsoSegments());
    }

    @Test
    void optionsOfTcpAreNotCountedAsPayload() {
        sent.gso(GsoType.TCP4, 1448, 2);
        header.describe(sent);
        SkBuff two = packet(TRANSPORT + 32 + 2 * 1448);
        two.put8(two.data() + TRANSPORT + 12, 8 << 4);
        header.apply(two);
        assertEquals(2, two.gsoSegments());
        free(two);
    }

    @Test
    void oneThatStandsForItselfIsNotCut() {
        header.describe(sent);
        header.apply(received);
        assertEquals(ChecksumState.PARTIAL, received.checksumState());
        assertEquals(0, received.gsoSize());
    }

    @Test
    void aPacketWithNothingLeftToDoHasAnEmptyHeader() {
        sent.checksumState(ChecksumState.NONE);
        header.describe(sent);
        header.apply(received);
        assertEquals(ChecksumState.NONE, received.checksumState());
    }

    @Test
    void aChecksumOutsideThePacketIsNotBelieved() {
        sent.gso(GsoType.TCP4, 1448, 3);
        header.describe(sent);
        SkBuff small = packet(40);
        header.apply(small);
        assertEquals(ChecksumState.NONE, small.checksumState());
        assertEquals(0, small.gsoSize());
        free(small);
    }
}

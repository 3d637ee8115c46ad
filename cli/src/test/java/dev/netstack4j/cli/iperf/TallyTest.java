package dev.netstack4j.cli.iperf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TallyTest {
    private final Tally tally = new Tally(0);

    private void arrives(long number, long sentMillis, long arrivedMillis, boolean wide) {
        ByteBuffer header = ByteBuffer.allocate(DatagramHeader.LONG);
        DatagramHeader.write(header, sentMillis * 1_000_000, number, wide);
        tally.receivedDatagram(header, 100, wide, arrivedMillis * 1_000_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gapsAreLossesUntilTheLateOnesCome(boolean wide) {
        arrives(1, 0, 5, wide);
        arrives(4, 0, 5, wide);
        assertEquals(2, tally.lost);
        arrives(2, 0, 5, wide);
        assertEquals(1, tally.lost);
        assertEquals(4, tally.packets);
        assertEquals(300, tally.bytes);
    }

    @Test
    void jitterIsASixteenthOfEachDifference() {
        arrives(1, 100, 110, false);
        arrives(2, 200, 226, false);
        assertEquals(0.016 / 16, tally.jitter, 1e-9);
        arrives(3, 300, 326, false);
        assertEquals(0.016 / 16 * 15 / 16, tally.jitter, 1e-9);
    }

    @Test
    void streamsAreNumberedAsIperfNumbersThem() {
        assertEquals(1, tally.id);
        assertEquals(3, new Tally(1).id);
        assertEquals(4, new Tally(2).id);
    }
}

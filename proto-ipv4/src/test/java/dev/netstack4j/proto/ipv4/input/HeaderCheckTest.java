package dev.netstack4j.proto.ipv4.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.proto.ipv4.rig.Packets;
import dev.netstack4j.proto.ipv4.rig.Rig;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Mechanism("D22")
class HeaderCheckTest {
    private final Rig rig = new Rig();
    private final Rig.Keeper keeper = rig.keep(253);

    @AfterEach
    void nothingLeaks() {
        rig.take(keeper.packets);
        rig.assertNoLeak();
    }

    private static byte[] good() {
        return Packets.packet().payload(40, 1).bytes();
    }

    /// The packet with one byte of the header changed and the checksum made right again.
    private static byte[] with(int at, int value) {
        byte[] b = good();
        b[at] = (byte) value;
        int header = Math.max(20, (b[0] & 15) * 4);
        b[10] = 0;
        b[11] = 0;
        ByteBuffer.wrap(b).putShort(10, (short) Packets.checksum(b, 0, Math.min(header, b.length)));
        return b;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0x55, IP_VERSION, Ip.InHdrErrors",
        "0, 0x65, IP_VERSION, Ip.InHdrErrors",
        "0, 0x44, IP_IHL, Ip.InHdrErrors",
        "0, 0x40, IP_IHL, Ip.InHdrErrors",
        "3, 19, IP_LENGTH, Ip.InHdrErrors",
        "3, 0, IP_LENGTH, Ip.InHdrErrors",
        "3, 61, IP_TRUNCATED, IpExt.InTruncatedPkts",
        "2, 0xff, IP_TRUNCATED, IpExt.InTruncatedPkts",
    })
    void everyCauseHasItsReasonAndItsCounter(int at, String value, String reason, String counter) {
        rig.receive(with(at, Integer.decode(value)));
        assertEquals(Map.of(reason, 1L), rig.host.ledger().dropped());
        assertEquals(1, rig.count(counter));
        assertEquals(1, rig.count("Ip.InReceives"));
        assertEquals(0, rig.count("Ip.InDelivers"));
    }

    @Test
    void aWrongChecksumIsCountedAsSuch() {
        byte[] b = good();
        b[10] ^= 1;
        rig.receive(b);
        assertEquals(1, rig.dropped("IP_CSUM"));
        assertEquals(1, rig.count("IpExt.InCsumErrors"));
        assertEquals(1, rig.count("Ip.InHdrErrors"));
    }

    @Test
    void aFrameForAnotherStationIsDropped() {
        SkBuff skb = rig.host.packet(good());
        skb.kind(PacketKind.OTHERHOST);
        rig.receive(skb, rig.eth0);
        assertEquals(1, rig.dropped("IP_OTHERHOST"));
    }

    @Test
    void aPacketCutAtAnyByteEndsInAReason() {
        byte[] whole =
                Packets.packet().options(7, 7, 4, 0, 0, 0, 0, 0).payload(40, 1).bytes();
        for (int length = 0; length < whole.length; length++) {
            rig.receive(Arrays.copyOf(whole, length));
            assertEquals(
                    length + 1,
                    rig.host.ledger().dropped().values().stream()
                            .mapToLong(v -> v)
                            .sum(),
                    "cut at " + length);
        }
        assertEquals(28, rig.dropped("IP_SHORT"));
        assertEquals(whole.length - 28, rig.dropped("IP_TRUNCATED"));
        assertEquals(0, keeper.packets.length());
    }

    @Test
    void paddingOfTheFrameIsCutOff() {
        byte[] small = Packets.packet().payload(2, 5).bytes();
        rig.receive(Arrays.copyOf(small, 46));
        SkBuff skb = keeper.packets.peek();
        assertNotNull(skb);
        assertArrayEquals(new byte[] {5, 6}, rig.host.bytes(skb));
    }

    @Test
    void theMarksStandWhereTheHeadersAre() {
        rig.receive(Packets.packet().options(1, 1, 1, 0).payload(8, 1).bytes());
        SkBuff skb = keeper.packets.peek();
        assertNotNull(skb);
        assertEquals(24, skb.transportHeader() - skb.networkHeader());
        assertEquals(skb.data(), skb.transportHeader());
    }

    @Test
    void sourceRoutesAreRefusedAndRecordRoutesAreNot() {
        rig.receive(Packets.packet().options(131, 7, 4, 10, 0, 0, 9, 0).bytes());
        assertEquals(1, rig.dropped("IP_SOURCE_ROUTE"));
        rig.receive(Packets.packet().options(7, 7, 4, 0, 0, 0, 0, 0).bytes());
        assertEquals(1, rig.count("Ip.InDelivers"));
    }

    @Test
    @Mechanism("D23")
    void malformedOptionsAreAnsweredWithThePlaceOfTheProblem() {
        rig.receive(Packets.packet().options(1, 1, 7, 9).payload(8, 1).bytes());
        assertEquals(1, rig.dropped("IP_OPTIONS"));
        byte[] error = rig.sentOne();
        assertEquals(12, Packets.u8(error, 20));
        assertEquals(22, Packets.u8(error, 24));
    }
}

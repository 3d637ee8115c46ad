package dev.netstack4j.proto.ipv4.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.rig.Packets;
import dev.netstack4j.proto.ipv4.rig.Rig;
import dev.netstack4j.proto.ipv4.route.Ipv4Dst;
import dev.netstack4j.proto.ipv4.route.Routes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FragmenterTest {
    private final Rig rig = new Rig();

    @AfterEach
    void nothingLeaks() {
        rig.assertNoLeak();
    }

    private SkBuff packet(byte[] bytes) {
        SkBuff skb = rig.host.packet(bytes);
        skb.resetNetworkHeader();
        Ipv4Dst dst = rig.get(Routes.class).output(IpAddress.parse("10.0.0.2").v4Bits(), 0, 0, rig.cpu());
        skb.dst(dst);
        return skb;
    }

    private int send(SkBuff skb) {
        return rig.get(IpOutput.class).localOut(skb, rig.cpu());
    }

    private static Packets outgoing() {
        return Packets.packet().between("10.0.0.1", "10.0.0.2");
    }

    /// Every fragment is well-formed and fits; together they are the payload.
    private static void assertFragmentsOf(byte[] payload, int mtu, List<byte[]> fragments) {
        byte[] whole = new byte[payload.length];
        int reached = 0;
        for (int i = 0; i < fragments.size(); i++) {
            byte[] f = fragments.get(i);
            int header = (f[0] & 15) * 4;
            int word = Packets.u16(f, 6);
            assertTrue(f.length <= mtu);
            assertEquals(f.length, Packets.u16(f, 2));
            assertEquals(0, Packets.checksum(f, 0, header));
            assertEquals(reached, (word & 0x1FFF) * 8);
            assertEquals(i < fragments.size() - 1, (word & 0x2000) != 0);
            System.arraycopy(f, header, whole, reached, f.length - header);
            reached += f.length - header;
        }
        assertArrayEquals(payload, whole);
    }

    @ParameterizedTest
    @ValueSource(ints = {68, 576, 1006, 1500, 9000})
    @Mechanism({"D11", "D14"})
    void atTheBoundaryOneByteDecides(int mtu) {
        rig.eth0.config().mtu(mtu);
        for (int length : new int[] {mtu - 1, mtu, mtu + 1, 2 * mtu, 5 * mtu + 3}) {
            byte[] payload = Packets.counting(length - 20, 7);
            assertEquals(0, send(packet(outgoing().payload(payload).bytes())));
            List<byte[]> sent = rig.sent();
            assertEquals(length > mtu, sent.size() > 1);
            assertFragmentsOf(payload, mtu, sent);
        }
        assertEquals(3, rig.count("Ip.FragOKs"));
        assertEquals(3, rig.count("Ip.FragSlowPath"));
    }

    @Test
    @Mechanism({"D6", "D11"})
    void whatMustNotBeFragmentedIsRefused() {
        assertEquals(
                Errno.EMSGSIZE.negative(),
                send(packet(outgoing().word(0x4000).payload(1481, 0).bytes())));
        assertEquals(1, rig.dropped("IP_TOO_BIG"));
        assertEquals(1, rig.count("Ip.FragFails"));
        assertEquals(0, rig.count("Ip.FragCreates"));
    }

    @Test
    @Mechanism("D12")
    void aPacketThatStandsForSegmentsIsNotFragmented() {
        SkBuff skb = packet(outgoing().payload(20_000, 0).bytes());
        skb.gso(1, 1448, 14);
        assertEquals(0, send(skb));
        assertEquals(20_020, rig.sentOne().length);
        assertEquals(0, rig.count("Ip.FragCreates"));
    }

    @Test
    @Mechanism("D13")
    void piecesThatFitBecomeFragmentsWithoutACopy() {
        SkBuff skb = packet(outgoing().payload(800, 0).bytes());
        byte[] payload = Arrays.copyOf(Packets.counting(800, 0), 800 + 640 + 100);
        appendPiece(skb, payload, 800, 640);
        appendPiece(skb, payload, 1440, 100);
        seal(skb);
        rig.eth0.config().mtu(900);
        long before = rig.host.ledger().copiedBytes();
        assertEquals(0, send(skb));
        assertEquals(before, rig.host.ledger().copiedBytes());
        List<byte[]> sent = rig.sent();
        assertFragmentsOf(payload, 900, sent);
        assertEquals(List.of(820, 660, 120), sent.stream().map(b -> b.length).toList());
        assertEquals(1, rig.count("Ip.FragFastPath"));
        assertEquals(3, rig.count("Ip.FragCreates"));
    }

    @Test
    @Mechanism("D14")
    void piecesThatDoNotFitAreCopied() {
        SkBuff skb = packet(outgoing().payload(800, 0).bytes());
        byte[] payload = Arrays.copyOf(Packets.counting(800, 0), 800 + 641 + 100);
        appendPiece(skb, payload, 800, 641);
        appendPiece(skb, payload, 1441, 100);
        seal(skb);
        rig.eth0.config().mtu(900);
        assertEquals(0, send(skb));
        assertFragmentsOf(payload, 900, rig.sent());
        assertEquals(1, rig.count("Ip.FragSlowPath"));
    }

    /// Adds a fragment page with counting bytes, and notes them in `payload`.
    private void appendPiece(SkBuff skb, byte[] payload, int at, int length) {
        assertTrue(skb.addFragPage(length, rig.cpu()));
        byte[] bytes = Packets.counting(length, at);
        System.arraycopy(bytes, 0, payload, at, length);
        skb.memory().write(skb.appendToFrag(length), bytes, 0, length);
    }

    private static void seal(SkBuff skb) {
        Ipv4Header.rewrite(skb, skb.networkHeader(), 20, skb.length(), 0);
    }

    @Test
    @Mechanism("D14")
    void anOpenChecksumIsMadeOverTheWholeBeforeItIsCut() {
        byte[] payload = Packets.counting(3000, 1);
        payload[6] = 0;
        payload[7] = 0;
        SkBuff skb = packet(outgoing().payload(payload).bytes());
        skb.checksumPartial(skb.data() + 20, 6);
        send(skb);
        int expected = Packets.checksum(payload, 0, payload.length);
        assertEquals(expected, Packets.u16(rig.sent().getFirst(), 26));
    }

    @Test
    @Mechanism("D14")
    void withoutMemoryThePacketEndsWithAReason() {
        SkBuff skb = packet(outgoing().payload(3000, 1).bytes());
        rig.host.pool().failEvery(2);
        int result = send(skb);
        rig.host.pool().failEvery(0);
        assertEquals(Errno.ENOMEM.negative(), result);
        assertEquals(1, rig.dropped("IP_NO_MEMORY"));
        rig.sent();
    }

    @Test
    void optionsThatAreNotCopiedStayWithTheFirst() {
        byte[] bytes =
                outgoing().options(7, 3, 4, 148, 4, 0, 0, 0).payload(3000, 1).bytes();
        send(packet(bytes));
        List<byte[]> sent = rig.sent();
        assertArrayEquals(Arrays.copyOfRange(bytes, 20, 28), Arrays.copyOfRange(sent.get(0), 20, 28));
        assertArrayEquals(new byte[] {1, 1, 1, (byte) 148, 4, 0, 0, 0}, Arrays.copyOfRange(sent.get(1), 20, 28));
        assertFragmentsOf(Packets.counting(3000, 1), 1500, sent);
    }
}

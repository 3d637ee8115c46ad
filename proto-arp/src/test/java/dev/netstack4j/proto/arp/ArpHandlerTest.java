package dev.netstack4j.proto.arp;

import static dev.netstack4j.proto.arp.ArpRig.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.neighbour.Neighbour;
import dev.netstack4j.api.neighbour.NudState;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArpHandlerTest {
    /// 10.0.0.2 (02:..:02) asks everybody for 10.0.0.1, padded to 60 bytes as on the wire.
    private static final String REQUEST = "ffffffffffff 020000000002 0806 0001 0800 06 04 0001 020000000002 0a000002"
            + "000000000000 0a000001 000000000000000000000000000000000000";
    /// 10.0.0.2 answers 10.0.0.1.
    private static final String REPLY =
            "020000000001 020000000002 0806 0001 0800 06 04 0002 020000000002 0a000002 020000000001 0a000001";

    private final ArpRig rig = new ArpRig();

    @AfterEach
    void everythingIsFreed() {
        assertTrue(rig.sentNothing());
        rig.host.assertNoLeak();
    }

    private Neighbour entry(String address) {
        return rig.neighbours.find(IpAddress.parse(address), rig.device);
    }

    private void know(String address, String mac) {
        MacAddress known = MacAddress.parse(mac);
        rig.neighbours
                .resolve(IpAddress.parse(address), rig.device, rig.host.cpu())
                .update(
                        known,
                        known.equals(MacAddress.ZERO) ? NudState.INCOMPLETE : NudState.STALE,
                        true,
                        rig.host.cpu());
    }

    @Test
    @Mechanism("D19")
    void aRequestForUsIsAnsweredAndItsSenderLearnt() {
        rig.receive(hex(REQUEST));
        assertEquals(
                "0200000000020200000000010806000108000604" + "0002" + "0200000000010a000001" + "0200000000020a000002",
                rig.sent());
        assertEquals(MacAddress.parse("02:00:00:00:00:02"), entry("10.0.0.2").macAddress());
        assertEquals(NudState.STALE, entry("10.0.0.2").state());
        assertEquals(1, rig.host.counters().value("Arp.InRequests"));
        assertEquals(1, rig.host.counters().value("Arp.OutReplies"));
        assertEquals(1, rig.host.ledger().consumed().get("ARP_DONE"));
    }

    @Test
    @Mechanism("D20")
    void theAnswerIsANewPacketAndTheRequestStaysAsItIs() {
        byte[] frame = hex(REQUEST);
        SkBuff skb = rig.host.packet(frame);
        SkBuff tap = skb.clone(rig.host.cpu());
        EthernetHeader.typeTrans(skb, rig.device);
        rig.handler.receive(skb, rig.device, rig.device, rig.host.cpu());
        assertArrayEquals(frame, rig.host.bytes(tap));
        SkBuff reply = rig.link.sent().peek();
        assertNotNull(reply);
        assertTrue(reply.dataAddress() != tap.dataAddress());
        rig.sent();
        tap.consume(rig.host.ledger().consume("TEST", "tap"), rig.host.cpu());
        assertEquals(0, rig.host.ledger().reallocations());
    }

    @Test
    @Mechanism("D19")
    void aRequestForAnAddressOnAnotherDeviceOfThisHostIsAnswered() {
        rig.receive(hex(REQUEST.replace("0a000001", "c0a80701")));
        assertTrue(rig.sent().contains("020000000001c0a80701"));
    }

    @Test
    void aRequestForSomebodyElseIsNeitherAnsweredNorLearntFrom() {
        rig.receive(hex(REQUEST.replace("0a000001", "0a000009")));
        assertNull(entry("10.0.0.2"));
    }

    @Test
    void aRequestForSomebodyElseUpdatesAKnownSender() {
        know("10.0.0.2", "02:00:00:00:00:99");
        rig.host.advance(1_000_000_001L);
        rig.receive(hex(REQUEST.replace("0a000001", "0a000009")));
        assertEquals(MacAddress.parse("02:00:00:00:00:02"), entry("10.0.0.2").macAddress());
        assertEquals(NudState.STALE, entry("10.0.0.2").state());
    }

    @ParameterizedTest
    @ValueSource(strings = {REQUEST, REPLY})
    void theFirstOfSeveralAddressesWinsForASecond(String packet) {
        know("10.0.0.2", "02:00:00:00:00:99");
        rig.host.advance(1_000_000_000L);
        rig.receive(hex(packet.equals(REQUEST) ? packet.replace("0a000001", "0a000009") : packet));
        assertEquals(MacAddress.parse("02:00:00:00:00:99"), entry("10.0.0.2").macAddress());
    }

    @Test
    void aRequestForUsIsBelievedAtOnce() {
        know("10.0.0.2", "02:00:00:00:00:99");
        rig.receive(hex(REQUEST));
        rig.sent();
        assertEquals(MacAddress.parse("02:00:00:00:00:02"), entry("10.0.0.2").macAddress());
    }

    @Test
    @Mechanism("D21")
    void anAnswerToUsMakesTheNeighbourReachable() {
        know("10.0.0.2", "00:00:00:00:00:00");
        rig.receive(hex(REPLY));
        assertEquals(NudState.REACHABLE, entry("10.0.0.2").state());
        assertEquals(1, rig.host.counters().value("Arp.InReplies"));
    }

    @Test
    void anAnswerThatNobodyAskedForMakesNoEntry() {
        rig.receive(hex(REPLY));
        assertNull(entry("10.0.0.2"));
    }

    @ParameterizedTest
    @CsvSource({"0001, 000000000000", "0002, 020000000007"})
    @Mechanism("D19")
    void aGratuitousAnnouncementUpdatesAKnownEntryOnly(String operation, String target) {
        byte[] announcement = hex("ffffffffffff 020000000007 0806 0001 0800 06 04" + operation + "020000000007 0a000002"
                + target + "0a000002");
        rig.receive(announcement);
        assertNull(entry("10.0.0.2"));
        know("10.0.0.2", "02:00:00:00:00:02");
        rig.receive(announcement);
        assertEquals(MacAddress.parse("02:00:00:00:00:07"), entry("10.0.0.2").macAddress());
        assertEquals(NudState.STALE, entry("10.0.0.2").state());
    }

    @Test
    void aProbeIsAnsweredWithoutLearningFromIt() {
        rig.receive(hex(REQUEST.replace("0a000002", "00000000")));
        assertTrue(rig.sent().endsWith("0200000000010a00000102000000000200000000"));
        assertEquals(0, rig.neighbours.entries().size());
    }

    @Test
    void somebodyWhoUsesOurAddressIsCountedAndNotBelieved() {
        rig.receive(hex(REQUEST.replace("0a000002", "0a000001")));
        assertEquals(1, rig.host.counters().value("Arp.Conflicts"));
        assertEquals(1, rig.host.ledger().dropped("ARP_CONFLICT"));
        assertEquals(0, rig.neighbours.entries().size());
    }

    @ParameterizedTest
    @CsvSource({
        "14, 0006, ARP_HARDWARE_TYPE",
        "16, 86dd, ARP_PROTOCOL_TYPE",
        "18, 0804, ARP_LENGTHS",
        "18, 0610, ARP_LENGTHS",
        "20, 0000, ARP_OPERATION",
        "20, 0003, ARP_OPERATION",
        "20, 0008, ARP_OPERATION",
        "22, 010000000002, ARP_SENDER_MAC",
        "22, 000000000000, ARP_SENDER_MAC",
        "22, ffffffffffff, ARP_SENDER_MAC",
        "28, e0000001, ARP_SENDER_ADDRESS",
        "28, ffffffff, ARP_SENDER_ADDRESS",
        "28, 7f000001, ARP_SENDER_ADDRESS",
        "38, 7f000001, ARP_TARGET_ADDRESS",
        "38, e00000fb, ARP_TARGET_ADDRESS",
        "38, ffffffff, ARP_TARGET_ADDRESS",
        "38, 00000000, ARP_TARGET_ADDRESS"
    })
    @Mechanism("D19")
    void eachFaultHasItsOwnReason(int at, String bytes, String reason) {
        byte[] frame = hex(REQUEST);
        byte[] wrong = hex(bytes);
        System.arraycopy(wrong, 0, frame, at, wrong.length);
        rig.receive(frame);
        assertEquals(
                1,
                rig.host.ledger().dropped(reason),
                () -> rig.host.ledger().dropped().toString());
        assertEquals(1, rig.host.counters().value("Arp.InErrors"));
        assertEquals(0, rig.neighbours.entries().size());
    }

    @Test
    void anAnswerFromNobodyIsRefused() {
        rig.receive(hex(REPLY.replace("0a000002", "00000000")));
        assertEquals(1, rig.host.ledger().dropped("ARP_SENDER_ADDRESS"));
    }

    @Test
    @Mechanism("D19")
    void aPacketTruncatedAtAnyByteIsDropped() {
        byte[] frame = Arrays.copyOf(hex(REQUEST), 42);
        for (int length = 14; length < 42; length++) {
            rig.receive(Arrays.copyOf(frame, length));
        }
        assertEquals(28, rig.host.ledger().dropped("ARP_TRUNCATED"));
        rig.receive(frame);
        rig.sent();
    }

    @Test
    void aPacketInFragmentsIsReadAllTheSame() {
        byte[] frame = hex(REQUEST);
        SkBuff skb = rig.host.packet(Arrays.copyOf(frame, 20));
        skb.addFragPage(100, rig.host.cpu());
        rig.host.pool().memory().write(skb.appendToFrag(40), frame, 20, 40);
        EthernetHeader.typeTrans(skb, rig.device);
        rig.handler.receive(skb, rig.device, rig.device, rig.host.cpu());
        rig.sent();
    }

    @Test
    void aFrameForAnotherStationIsDropped() {
        rig.receive(hex(REPLY.replaceFirst("020000000001", "020000000055")));
        assertEquals(1, rig.host.ledger().dropped("ARP_OTHERHOST"));
    }

    @Test
    void aDeviceThatDoesNoArpDropsIt() {
        rig.device.config().flags(DeviceFlags.NOARP);
        rig.receive(hex(REQUEST));
        assertEquals(1, rig.host.ledger().dropped("ARP_NOARP_DEVICE"));
    }

    @Test
    void withoutMemoryForTheAnswerNothingIsSent() {
        byte[] frame = hex(REQUEST);
        SkBuff skb = rig.host.packet(frame);
        EthernetHeader.typeTrans(skb, rig.device);
        rig.host.pool().failEvery(1);
        rig.handler.receive(skb, rig.device, rig.device, rig.host.cpu());
        assertEquals(1, rig.host.counters().value("Arp.OutNoMemory"));
        assertEquals(0, rig.host.counters().value("Arp.OutReplies"));
    }

    @Test
    void randomBytesNeverThrowAndNeverLeak() {
        long seed = 0x5EED_A49L;
        java.util.Random random = new java.util.Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] frame = hex(REQUEST);
            int changes = 1 + random.nextInt(4);
            for (int c = 0; c < changes; c++) {
                frame[14 + random.nextInt(28)] = (byte) random.nextInt();
            }
            rig.receive(Arrays.copyOf(frame, 14 + random.nextInt(47)));
            while (!rig.sentNothing()) {
                rig.sent();
            }
        }
        assertTrue(rig.host.pool().isBalanced(), "seed " + seed);
    }
}

package dev.netstack4j.bus.emulated.i82540em;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.bus.emulated.bench.Bytes;
import dev.netstack4j.bus.emulated.bench.Card;
import dev.netstack4j.bus.emulated.bench.Host;
import dev.netstack4j.bus.emulated.bench.TestWire;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransmitTest {
    private final Host host = new Host();
    private final TestWire wire = new TestWire();
    private Card card;

    @BeforeEach
    void plugIn() throws NetException {
        card = Card.on(host, wire, "mac", Bytes.MAC).transmitRing(64);
    }

    @Test
    @Mechanism({"I3", "I5", "I6", "I7", "I8", "I21"})
    void nothing_moves_in_the_doorbell_and_the_engine_sends_and_writes_back() {
        byte[] frame = Bytes.frame(100, 1);
        int d = card.legacy(frame);
        card.w(0xD0, 1);
        card.doorbell();
        assertTrue(wire.sent.isEmpty(), "the doorbell returns before anything is sent");
        assertFalse(card.sent(d));
        card.settle();
        assertArrayEquals(frame, wire.sent.getFirst());
        assertTrue(card.sent(d));
        assertEquals(1, card.r(0x3810));
        assertTrue(host.irq("intx-d").high);
        assertEquals(3, card.r(0xC0), "TXDW and TXQE");
    }

    @Test
    @Mechanism("I1")
    void the_ring_wraps_at_every_size() {
        for (int size : new int[] {8, 16, 80, 256, 4096}) {
            card.transmitRing(size);
            wire.sent.clear();
            for (int i = 0; i < size + 5; i++) {
                card.legacy(Bytes.frame(60 + i % 50, i));
                if (i % 5 == 4) {
                    card.send();
                }
            }
            card.send();
            assertEquals(size + 5, wire.sent.size());
            for (int i = 0; i < size + 5; i++) {
                assertArrayEquals(Bytes.frame(60 + i % 50, i), wire.sent.get(i), "ring of " + size + ", frame " + i);
            }
            assertEquals(card.r(0x3818), card.r(0x3810), "head equals tail: empty");
        }
    }

    @Test
    void one_turn_takes_256_descriptors_in_one_batch() {
        card.transmitRing(1024);
        for (int i = 0; i < 600; i++) {
            card.legacy(Bytes.frame(60, i));
        }
        card.send();
        assertEquals(java.util.List.of(256, 256, 88), wire.batches);
    }

    @Test
    void a_frame_may_lie_in_several_descriptors() {
        byte[] frame = Bytes.frame(1000, 7);
        int a = card.descriptor(card.data(Arrays.copyOfRange(frame, 0, 33)), 33 | Card.IFCS | Card.RS, 0);
        int b = card.descriptor(card.data(Arrays.copyOfRange(frame, 33, 34)), 1 | Card.IFCS, 0);
        int c = card.descriptor(
                card.data(Arrays.copyOfRange(frame, 34, 1000)), 966 | Card.EOP | Card.IFCS | Card.RS, 0);
        card.send();
        assertArrayEquals(frame, wire.sent.getFirst());
        assertTrue(card.sent(a) && !card.sent(b) && card.sent(c), "DD where RS asked for it");
    }

    @Test
    void a_packet_without_its_end_waits() {
        byte[] frame = Bytes.frame(100, 7);
        card.descriptor(card.data(Arrays.copyOfRange(frame, 0, 50)), 50 | Card.IFCS, 0);
        card.send();
        assertTrue(wire.sent.isEmpty());
        card.descriptor(card.data(Arrays.copyOfRange(frame, 50, 100)), 50 | Card.EOP | Card.IFCS | Card.RS, 0);
        card.send();
        assertArrayEquals(frame, wire.sent.getFirst());
    }

    @Test
    void short_frames_are_padded_when_psp_is_set() {
        byte[] frame = Bytes.frame(42, 1);
        card.legacy(frame);
        card.send();
        assertArrayEquals(Arrays.copyOf(frame, 60), wire.sent.getFirst());
        card.w(0x0400, 0x0004_00F2);
        card.legacy(frame);
        card.send();
        assertEquals(42, wire.sent.get(1).length);
    }

    @Test
    @Mechanism({"I11", "A17"})
    void legacy_checksum_goes_where_cso_says() {
        byte[] good = Bytes.udp(101);
        byte[] partial = good.clone();
        Bytes.put16(partial, 40, Bytes.pseudo(good, 14, 109));
        card.descriptor(
                card.data(partial), partial.length | 40 << 16 | Card.EOP | Card.IFCS | Card.RS | 1 << 26, 34 << 8);
        card.send();
        assertEquals(Bytes.hex(good), Bytes.hex(wire.sent.getFirst()));
        assertEquals(
                Bytes.get16(partial, 40),
                host.memory().get16(Card.TX_DATA + 40),
                "the driver's buffer stays as it was");
    }

    @Test
    @Mechanism({"I11", "A17"})
    void a_context_completes_ip_and_tcp_checksums_over_odd_pieces() {
        byte[] good = Bytes.tcp(999, 0x18);
        byte[] partial = good.clone();
        Bytes.put16(partial, 24, 0);
        Bytes.put16(partial, 50, Bytes.pseudo(good, 14, 1019));
        card.context(14, 24, 33, 34, 50, 3, 0, 0, 0);
        card.extended(Arrays.copyOfRange(partial, 0, 41), 0, 3);
        card.extended(Arrays.copyOfRange(partial, 41, 300), 0, 3);
        int last = card.extended(Arrays.copyOfRange(partial, 300, partial.length), Card.EOP | Card.IFCS | Card.RS, 3);
        card.send();
        assertEquals(Bytes.hex(good), Bytes.hex(wire.sent.getFirst()));
        assertTrue(card.sent(last));
    }

    @Test
    @Mechanism("I11")
    void an_ip_header_from_the_textbooks_gets_its_known_checksum() {
        byte[] good = Bytes.concat(
                Bytes.frame(14, 0), Bytes.hex("45000073000040004011 b861 c0a80001c0a800c7" + "00".repeat(95)));
        byte[] partial = Bytes.set(Bytes.set(good, 24, 0, 0), 12, 0x08, 0x00);
        card.context(14, 24, 33, 34, 40, 2, 0, 0, 0);
        card.extended(partial, Card.EOP | Card.IFCS | Card.RS, 1);
        card.send();
        assertEquals(0xB861, Bytes.get16(wire.sent.getFirst(), 24));
    }

    @Test
    void without_pseudo_header_the_checksum_is_wrong_as_on_silicon() {
        byte[] good = Bytes.tcp(10, 0x10);
        byte[] partial = good.clone();
        Bytes.put16(partial, 50, 0);
        card.context(14, 24, 33, 34, 50, 3, 0, 0, 0);
        card.extended(partial, Card.EOP | Card.IFCS | Card.RS, 2);
        card.send();
        assertFalse(Arrays.equals(good, wire.sent.getFirst()));
    }

    @Test
    void vle_inserts_the_tag_with_vet() {
        byte[] frame = Bytes.frame(100, 5);
        card.descriptor(card.data(frame), frame.length | Card.EOP | Card.IFCS | Card.RS | Card.VLE, 0x6123 << 16);
        card.send();
        assertEquals(Bytes.hex(Bytes.tagged(frame, 0x6123)), Bytes.hex(wire.sent.getFirst()));
    }

    @Test
    void tag_and_checksum_go_together() {
        byte[] good = Bytes.tcp(200, 0x10);
        byte[] partial = good.clone();
        Bytes.put16(partial, 50, Bytes.pseudo(good, 14, 220));
        card.context(14, 24, 33, 34, 50, 3, 0, 0, 0);
        card.descriptor(
                card.data(partial),
                partial.length | 1 << 20 | Card.EOP | Card.IFCS | Card.RS | Card.VLE | Card.DEXT,
                2 << 8 | 0x0005 << 16);
        card.send();
        assertEquals(Bytes.hex(Bytes.tagged(good, 5)), Bytes.hex(wire.sent.getFirst()));
    }

    @Test
    void a_super_frame_is_cut_into_segments() {
        byte[] frame = Bytes.tcp(10_000, 0x19);
        byte[] partial = frame.clone();
        Bytes.put16(partial, 16, 0);
        Bytes.put16(partial, 24, 0);
        Bytes.put16(partial, 50, Bytes.pseudo(frame, 14, 0));
        card.context(14, 24, 33, 34, 50, 7, 10_000, 54, 1448);
        int d = card.extended(partial, Card.EOP | Card.IFCS | Card.RS | 1 << 26, 3);
        card.send();
        assertTrue(card.sent(d));
        checkSegments(frame, 1448);
        assertEquals(1, card.r(0x40F8), "TSCTC");
    }

    @Test
    void a_super_frame_is_left_to_a_wire_that_cuts() {
        wire.offloads = Wire.CAN_CSUM | Wire.CAN_TSO4;
        card.transmitRing(64);
        byte[] frame = Bytes.tcp(10_000, 0x19);
        byte[] partial = frame.clone();
        Bytes.put16(partial, 16, 0);
        Bytes.put16(partial, 24, 0);
        Bytes.put16(partial, 50, Bytes.pseudo(frame, 14, 0));
        card.context(14, 24, 33, 34, 50, 7, 10_000, 54, 1448);
        int d = card.extended(partial, Card.EOP | Card.IFCS | Card.RS | 1 << 26, 3);
        card.send();
        assertTrue(card.sent(d));
        assertEquals(java.util.List.of(1448), wire.segmentSizes);
        Bytes.put16(frame, 50, Bytes.pseudo(frame, 14, 10_020));
        assertArrayEquals(frame, wire.sent.getFirst());
        assertEquals(7, card.r(0x4080), "GPTC");
    }

    private void checkSegments(byte[] frame, int mss) {
        int payload = frame.length - 54;
        assertEquals((payload + mss - 1) / mss, wire.sent.size());
        byte[] joined = new byte[0];
        for (int i = 0; i < wire.sent.size(); i++) {
            byte[] s = wire.sent.get(i);
            boolean last = i == wire.sent.size() - 1;
            int length = 54 + Math.min(mss, payload - i * mss);
            assertEquals(length - 14, Bytes.get16(s, 16));
            assertEquals(0x1234 + i, Bytes.get16(s, 18));
            assertEquals(0xFFFF, Bytes.sum(s, 14, 34), "IP checksum");
            assertEquals(0x0102_0304 + i * mss, Bytes.get32(s, 38));
            assertEquals(last ? 0x19 : 0x10, s[47]);
            int sum =
                    dev.netstack4j.api.buffer.Checksum.add(Bytes.pseudo(s, 14, length - 34), Bytes.sum(s, 34, length));
            assertEquals(0xFFFF, sum, "TCP checksum of segment " + i);
            joined = Bytes.concat(joined, Arrays.copyOfRange(s, 54, length));
        }
        assertArrayEquals(Arrays.copyOfRange(frame, 54, frame.length), joined);
    }

    @Test
    void a_super_frame_survives_a_wire_that_takes_a_few_at_a_time() {
        byte[] frame = Bytes.tcp(40_000, 0x19);
        byte[] partial = frame.clone();
        Bytes.put16(partial, 24, 0);
        Bytes.put16(partial, 50, Bytes.pseudo(frame, 14, 0));
        card.context(14, 24, 33, 34, 50, 7, 40_000, 54, 100);
        int d = card.extended(partial, Card.EOP | Card.IFCS | Card.RS | 1 << 26, 3);
        wire.room = 3;
        card.send();
        for (int i = 0; i < 1000 && !card.sent(d); i++) {
            wire.room = 7;
            wire.device().resume();
            card.settle();
        }
        checkSegments(frame, 100);
    }

    @Test
    @Mechanism("I15")
    void what_the_wire_refuses_stays_in_the_ring_with_its_own_context() {
        byte[] tcp = Bytes.tcp(50, 0x10);
        byte[] udp = Bytes.udp(50);
        byte[] tcpPartial = tcp.clone();
        Bytes.put16(tcpPartial, 50, Bytes.pseudo(tcp, 14, 70));
        byte[] udpPartial = udp.clone();
        Bytes.put16(udpPartial, 40, Bytes.pseudo(udp, 14, 58));
        card.context(14, 24, 33, 34, 50, 3, 0, 0, 0);
        int a = card.extended(tcpPartial, Card.EOP | Card.IFCS | Card.RS, 2);
        int b = card.extended(tcpPartial, Card.EOP | Card.IFCS | Card.RS, 2);
        card.context(14, 24, 33, 34, 40, 2, 0, 0, 0);
        int c = card.extended(udpPartial, Card.EOP | Card.IFCS | Card.RS, 2);
        wire.room = 1;
        card.send();
        assertTrue(card.sent(a) && !card.sent(b) && !card.sent(c));
        assertEquals(1, wire.sent.size());
        card.doorbell();
        card.settle();
        assertEquals(1, wire.sent.size(), "no second try before the wire resumes");
        assertTrue((card.r(0x08) & 1 << 4) != 0, "TXOFF");
        wire.open();
        card.settle();
        assertTrue(card.sent(b) && card.sent(c));
        assertEquals(Bytes.hex(tcp), Bytes.hex(wire.sent.get(1)));
        assertEquals(Bytes.hex(udp), Bytes.hex(wire.sent.get(2)));
    }

    @Test
    void tidv_delays_the_cause_and_tadv_limits_the_delay() {
        card.w(0x3820, 100);
        card.w(0x382C, 250);
        card.w(0xD0, 1);
        card.r(0xC0);
        long first = host.time.nanos();
        for (int i = 0; i < 10; i++) {
            byte[] f = Bytes.frame(60, i);
            card.descriptor(card.data(f), f.length | Card.EOP | Card.IFCS | Card.RS | Card.IDE, 0);
            card.doorbell();
            host.engines.advance(50_000);
        }
        assertEquals(first + 250 * 1024, host.irq("intx-d").instants.getFirst());
        card.r(0xC0);
        host.engines.advance(1_000_000);
        assertEquals(2, host.irq("intx-d").rises, "the rest after TIDV");
    }

    @Test
    @Mechanism("I9")
    void a_bad_check_sequence_brought_by_the_driver_is_told_to_the_wire() {
        byte[] body = Bytes.frame(60, 1);
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(body);
        int fcs = (int) crc.getValue();
        byte[] good = Bytes.concat(body, Bytes.set(new byte[4], 0, fcs, fcs >> 8, fcs >> 16, fcs >> 24));
        byte[] bad = Bytes.set(good, 20, 0x55);
        card.descriptor(card.data(good), good.length | Card.EOP | Card.RS, 0);
        card.descriptor(card.data(bad), bad.length | Card.EOP | Card.RS, 0);
        card.send();
        assertEquals(java.util.List.of(0, FrameBatch.BAD_FCS), wire.flags);
        assertArrayEquals(body, wire.sent.getFirst());
    }

    @Test
    void nothing_is_sent_without_link_enable_or_bus_mastering() {
        wire.link(false);
        card.legacy(Bytes.frame(60, 1));
        card.send();
        assertTrue(wire.sent.isEmpty());
        wire.link(true);
        card.settle();
        assertEquals(1, wire.sent.size());
        card.device.disable();
        card.legacy(Bytes.frame(60, 1));
        card.send();
        assertEquals(1, wire.sent.size());
    }

    @Test
    @Mechanism("I4")
    void a_descriptor_that_points_outside_memory_is_dropped_and_the_ring_goes_on() {
        card.descriptor(1L << 40, 60 | Card.EOP | Card.IFCS | Card.RS, 0);
        card.descriptor(-64, 60 | Card.EOP | Card.IFCS | Card.RS, 0);
        byte[] frame = Bytes.frame(60, 1);
        card.legacy(frame);
        card.send();
        assertEquals(1, wire.sent.size());
        assertArrayEquals(frame, wire.sent.getFirst());
    }

    @Test
    void counts_are_read_once() {
        card.legacy(Bytes.frame("ffffffffffff", 60, 1));
        card.legacy(Bytes.frame("01005e000001", 200, 1));
        card.legacy(Bytes.frame(1514, 1));
        card.send();
        assertEquals(3, card.r(0x4080), "GPTC");
        assertEquals(0, card.r(0x4080));
        assertEquals(3, card.r(0x40D4), "TPT");
        assertEquals(64 + 204 + 1518, card.r(0x4090), "GOTCL");
        assertEquals(0, card.r(0x4094));
        assertEquals(0, card.r(0x4090));
        assertEquals(1, card.r(0x40F0), "MPTC");
        assertEquals(1, card.r(0x40F4), "BPTC");
        assertEquals(1, card.r(0x40D8), "PTC64");
        assertEquals(1, card.r(0x40E0), "PTC255");
        assertEquals(1, card.r(0x40EC), "PTC1522");
    }

    @Test
    void a_wire_that_completes_checksums_is_left_the_work() {
        wire.offloads = Wire.CAN_CSUM;
        card.transmitRing(64);
        byte[] good = Bytes.tcp(200, 0x10);
        byte[] partial = good.clone();
        Bytes.put16(partial, 50, Bytes.pseudo(good, 14, 220));
        card.context(14, 24, 33, 34, 50, 3, 0, 0, 0);
        card.extended(partial, Card.EOP | Card.IFCS | Card.RS, 2);
        card.send();
        assertEquals(FrameBatch.NEEDS_CSUM, wire.flags.getFirst());
        assertArrayEquals(partial, wire.sent.getFirst());
    }

    @Test
    void an_access_that_the_bus_aborts_is_not_tried_again_in_the_same_turn() throws NetException {
        TestWire other = new TestWire();
        Card faulty = Card.on(new Host(), other, "fault", "dma-error").transmitRing(8);
        faulty.legacy(Bytes.frame(100, 1));
        faulty.send();
        assertTrue(other.sent.isEmpty());
        faulty.legacy(Bytes.frame(100, 2));
        faulty.send();
        assertEquals(2, other.sent.size());
    }
}

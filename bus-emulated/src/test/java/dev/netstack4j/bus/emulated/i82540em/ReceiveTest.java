package dev.netstack4j.bus.emulated.i82540em;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.bus.emulated.bench.Bytes;
import dev.netstack4j.bus.emulated.bench.Card;
import dev.netstack4j.bus.emulated.bench.Host;
import dev.netstack4j.bus.emulated.bench.TestWire;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiveTest {
    private static final int DD = 1;
    private static final int EOP = 2;
    private static final int IXSM = 4;
    private static final int VP = 8;
    private static final int TCPCS = 0x20;
    private static final int IPCS = 0x40;
    private static final int PIF = 0x80;

    private final Host host = new Host();
    private final TestWire wire = new TestWire();
    private Card card;

    @BeforeEach
    void plugIn() throws NetException {
        card = Card.on(host, wire, "mac", Bytes.MAC).receiveRing(64, Card.RCTL);
    }

    @Test
    void a_super_frame_of_the_wire_is_written_as_the_frames_that_it_stands_for() {
        card.w(0x5000, 3 << 8);
        byte[] large = Bytes.tcp(3000, 0x19);
        assertTrue(wire.injectWhole(large, 1400));
        card.settle();
        for (int i = 0; i < 3; i++) {
            Card.Received r = card.next();
            int payload = i == 2 ? 200 : 1400;
            byte[] s = r.bytes();
            assertEquals(54 + payload, r.length());
            assertTrue(r.has(1 << 5 | 1 << 6));
            assertEquals(0, r.errors());
            assertEquals(0xFFFF, Checksum.add(Bytes.pseudo(s, 14, 20 + payload), Bytes.sum(s, 34, s.length)));
            assertEquals(~Bytes.sum(s, 0, s.length) & 0xFFFF, r.checksum(), "packet checksum");
        }
        assertFalse(card.hasNext());
    }

    @Test
    @Mechanism({"I6", "I7", "I8"})
    void a_frame_is_written_to_the_posted_buffer_and_reported() {
        card.w(0xD0, 0x80);
        byte[] frame = Bytes.frame(100, 1);
        assertEquals(1, wire.inject(33, 0, frame));
        Card.Received r = card.next();
        assertArrayEquals(frame, r.bytes());
        assertTrue(r.has(DD | EOP | IXSM));
        assertEquals(0, r.errors());
        assertEquals(1, card.r(0x2810));
        assertTrue(host.irq("intx-d").high);
        assertEquals(0x80, card.r(0xC0));
        assertFalse(host.irq("intx-d").high);
    }

    @Test
    @Mechanism("I1")
    void the_ring_wraps_and_the_last_descriptor_stays_the_drivers() {
        card.receiveRing(8, Card.RCTL);
        for (int i = 0; i < 50; i++) {
            wire.inject(Bytes.frame(60 + i, i));
            assertArrayEquals(Bytes.frame(60 + i, i), card.next().bytes(), "frame " + i);
            card.post(1);
        }
        for (int i = 0; i < 8; i++) {
            wire.inject(Bytes.frame(60, i));
        }
        assertEquals(card.r(0x2810), card.r(0x2818), "head equals tail: none left");
    }

    @Test
    void a_batch_raises_one_interrupt() {
        card.w(0xD0, 0x80);
        byte[][] frames = new byte[40][];
        for (int i = 0; i < 40; i++) {
            frames[i] = Bytes.frame(60, i);
        }
        assertEquals(40, wire.inject(4096, 0, frames));
        assertEquals(1, host.irq("intx-d").rises);
        for (int i = 0; i < 40; i++) {
            assertArrayEquals(frames[i], card.next().bytes());
        }
    }

    @Test
    void a_long_frame_takes_several_buffers() {
        card.receiveRing(64, Card.RCTL | 1 << 5 | 3 << 16, 256, 63);
        byte[] frame = Bytes.frame(1000, 1);
        wire.inject(77, 0, frame);
        byte[] joined = new byte[0];
        for (int i = 0; i < 4; i++) {
            Card.Received r = card.next();
            assertEquals(i == 3, r.has(EOP), "end of packet in the last one");
            joined = Bytes.concat(joined, r.bytes());
        }
        assertArrayEquals(frame, joined);
    }

    @Test
    void buffers_have_the_sizes_of_bsize_and_bsex() {
        int[] sizes = {2048, 1024, 512, 256};
        for (int b = 0; b < 4; b++) {
            card.receiveRing(16, Card.RCTL | 1 << 5 | b << 16, sizes[b], 15);
            wire.inject(Bytes.frame(2100, 1));
            assertEquals(sizes[b], card.next().length());
        }
        card.receiveRing(16, Card.RCTL | 1 << 5 | 1 << 25 | 3 << 16, 4096, 15);
        wire.inject(Bytes.frame(5000, 1));
        assertEquals(4096, card.next().length());
    }

    @Test
    void without_secrc_the_check_sequence_is_in_the_buffer() {
        card.receiveRing(16, 0x8002);
        byte[] frame = Bytes.frame(70, 1);
        wire.inject(frame);
        byte[] got = card.next().bytes();
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(frame);
        assertEquals(74, got.length);
        assertEquals((int) crc.getValue(), Integer.reverseBytes(Bytes.get32(got, 70)));
    }

    @Test
    void short_frames_arrive_padded() {
        wire.inject(Bytes.frame(42, 1));
        assertArrayEquals(Arrays.copyOf(Bytes.frame(42, 1), 60), card.next().bytes());
    }

    @Test
    @Mechanism("I9")
    void a_bad_check_sequence_is_counted_and_dropped() {
        wire.inject(4096, FrameBatch.BAD_FCS, Bytes.frame(60, 1));
        assertFalse(card.hasNext());
        assertEquals(1, card.r(0x4000), "CRCERRS");
        assertEquals(0, card.r(0x4074), "GPRC");
    }

    @Test
    void frames_beyond_1518_bytes_need_lpe() {
        wire.inject(Bytes.frame(1519, 1));
        assertFalse(card.hasNext());
        assertEquals(1, card.r(0x40AC), "ROC");
        wire.inject(Bytes.frame(1518, 1));
        assertEquals(1518, card.next().length());
    }

    @Test
    void filters_take_what_the_registers_name() {
        assertFilter("525400123456", true, 0);
        assertFilter("525400123457", false, 0);
        assertFilter("ffffffffffff", true, 0);
        assertFilter("01005e000001", false, 0);
        card.w(0x100, Card.RCTL & ~0x8000);
        assertFilter("ffffffffffff", false, 0);
        card.w(0x100, Card.RCTL | 1 << 3);
        assertFilter("525400123457", true, PIF);
        assertFilter("01005e000001", false, 0);
        card.w(0x100, Card.RCTL | 1 << 4);
        assertFilter("01005e000001", true, PIF);
        assertFilter("525400123457", false, 0);
        card.w(0x100, Card.RCTL);
        card.w(0x5408, 0xDDCC_BBAA & 0xFFFF_FFFE);
        card.w(0x540C, 0x8000_FFEE);
        assertFilter("aabbccddeeff", true, 0);
        card.w(0x540C, 0x0000_FFEE);
        assertFilter("aabbccddeeff", false, 0);
    }

    /// The multicast example of the manual: with MO 0 to 3 the address 01-AA-00-12-34-56 hashes to 0x563, 0xAC6, 0x58D,
    /// 0x634.
    @Test
    void multicast_hash_follows_the_manuals_example() {
        int[] hash = {0x563, 0xAC6, 0x58D, 0x634};
        for (int mo = 0; mo < 4; mo++) {
            card.w(0x100, Card.RCTL | mo << 12);
            int register = 0x5200 + 4 * (hash[mo] >> 5);
            assertFilter("01aa00123456", false, 0);
            card.w(register, 1 << (hash[mo] & 31));
            assertFilter("01aa00123456", true, PIF);
            card.w(register, 0);
        }
    }

    private void assertFilter(String destination, boolean taken, int pif) {
        wire.inject(Bytes.frame(destination, 60, 1));
        assertEquals(taken, card.hasNext(), destination);
        if (taken) {
            assertEquals(pif, card.next().status() & PIF, destination);
            card.post(1);
        }
    }

    @Test
    void vme_strips_the_tag_and_vfta_filters_it() {
        byte[] frame = Bytes.frame(100, 3);
        byte[] tagged = Bytes.tagged(frame, 0x6123);
        wire.inject(tagged);
        Card.Received kept = card.next();
        assertArrayEquals(tagged, kept.bytes());
        assertFalse(kept.has(VP));
        card.w(0x0000, card.r(0x0000) | 1 << 30);
        wire.inject(50, 0, tagged);
        Card.Received stripped = card.next();
        assertEquals(Bytes.hex(frame), Bytes.hex(stripped.bytes()));
        assertTrue(stripped.has(VP));
        assertEquals(0x6123, stripped.special());
        card.w(0x100, Card.RCTL | 1 << 18);
        wire.inject(tagged);
        assertFalse(card.hasNext());
        card.w(0x5600 + 4 * (0x123 >> 5), 1 << (0x123 & 31));
        wire.inject(tagged, frame);
        assertTrue(card.next().has(VP));
        assertFalse(card.next().has(VP), "untagged frames pass");
    }

    @Test
    @Mechanism({"I11", "A17"})
    void checksums_are_verified_when_rxcsum_says_so() {
        byte[] tcp = Bytes.tcp(301, 0x10);
        byte[] udp = Bytes.udp(10);
        wire.inject(tcp);
        assertEquals(DD | EOP | IXSM, card.next().status());
        card.w(0x5000, 3 << 8);
        assertChecksum(tcp, IPCS | TCPCS, 0);
        assertChecksum(udp, IPCS | TCPCS, 0);
        assertChecksum(Bytes.set(tcp, 60, 0x77), IPCS | TCPCS, 0x20);
        assertChecksum(Bytes.set(tcp, 22, 0x77), IPCS | TCPCS, 0x40);
        assertChecksum(Bytes.set(udp, 40, 0, 0), IPCS, 0);
        assertChecksum(Bytes.frame(100, 1), IXSM, 0);
        assertChecksum(Bytes.tagged(tcp, 7), IPCS | TCPCS, 0);
        card.w(0x5000, 1 << 8);
        assertChecksum(tcp, IPCS, 0);
        card.w(0x5000, 1 << 9);
        assertChecksum(tcp, TCPCS, 0);
    }

    private void assertChecksum(byte[] frame, int status, int errors) {
        for (int piece : new int[] {4096, 41, 7}) {
            wire.inject(piece, 0, frame);
            Card.Received r = card.next();
            assertEquals(DD | EOP | status, r.status());
            assertEquals(errors, r.errors());
            card.post(1);
        }
    }

    @Test
    void fragments_get_no_transport_verdict() {
        byte[] f = Bytes.tcp(100, 0x10);
        f[20] = 0x20; // more fragments
        Bytes.put16(f, 24, 0);
        Bytes.put16(f, 24, dev.netstack4j.api.buffer.Checksum.finish(Bytes.sum(f, 14, 34)));
        card.w(0x5000, 3 << 8);
        assertChecksum(f, IPCS, 0);
    }

    @Test
    void packet_checksum_covers_the_frame_from_pcss() {
        byte[] tcp = Bytes.tcp(101, 0x10);
        for (int pcss : new int[] {0, 14, 34, 40}) {
            for (int offload = 0; offload < 4; offload++) {
                card.w(0x5000, offload << 8 | pcss);
                wire.inject(tcp);
                int expected = ~Bytes.sum(tcp, pcss, tcp.length) & 0xFFFF;
                assertEquals(expected, card.next().checksum(), "PCSS " + pcss + ", offload " + offload);
                card.post(1);
            }
        }
    }

    @Test
    void a_checksum_that_the_wire_left_open_is_completed() {
        byte[] good = Bytes.tcp(333, 0x10);
        byte[] partial = good.clone();
        Bytes.put16(partial, 50, Bytes.pseudo(good, 14, 353));
        FrameBatch b = new FrameBatch(1, 1);
        var copy = java.lang.foreign.Arena.ofAuto().allocate(partial.length);
        java.lang.foreign.MemorySegment.copy(
                partial, 0, copy, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, partial.length);
        b.addPiece(copy, 0, partial.length);
        b.endFrame(FrameBatch.NEEDS_CSUM, 34, 16, FrameBatch.GSO_NONE, 0, 0);
        card.w(0x5000, 3 << 8);
        wire.device().receive(b);
        Card.Received r = card.next();
        assertEquals(Bytes.hex(good), Bytes.hex(r.bytes()));
        assertTrue(r.has(TCPCS | IPCS));
    }

    @Test
    @Mechanism({"I10", "I14"})
    void without_descriptors_frames_wait_in_the_packet_buffer_until_it_is_full() {
        card.receiveRing(16, Card.RCTL, 2048, 4);
        card.w(0xD0, 0x40);
        int lost = 0;
        for (int i = 0; i < 60; i++) {
            assertEquals(1, wire.inject(Bytes.frame(1514, i)), "without flow control the wire never holds");
        }
        lost = card.r(0x4010);
        int kept = 48 * 1024 / (1520 + 16);
        assertEquals(60 - 4 - kept, lost, "MPC");
        assertEquals(56, card.r(0x40A0), "RNBC");
        assertTrue(host.irq("intx-d").high, "RXO");
        assertEquals(60, card.r(0x40D0), "TPR");
        for (int i = 0; i < 4 + kept; i++) {
            assertArrayEquals(Bytes.frame(1514, i), card.next().bytes(), "frame " + i);
            card.post(1);
            card.settle();
        }
        assertFalse(card.hasNext());
        assertEquals(4 + kept, card.r(0x4074), "GPRC");
    }

    @Test
    void rxdmt0_tells_when_a_share_of_the_ring_is_left() {
        card.receiveRing(64, Card.RCTL | 1 << 8, 2048, 32);
        card.r(0xC0);
        for (int i = 0; i < 15; i++) {
            wire.inject(Bytes.frame(60, i));
        }
        assertEquals(0, card.r(0xC0) & 0x10);
        wire.inject(Bytes.frame(60, 0));
        assertEquals(0x10, card.r(0xC0) & 0x10, "a quarter of 64 is left");
    }

    @Test
    @Mechanism("I12")
    void rdtr_delays_the_cause_and_radv_limits_the_delay() {
        card.w(0x2820, 20);
        card.w(0x282C, 50);
        card.w(0xD0, 0x80);
        long first = host.time.nanos();
        for (int i = 0; i < 8; i++) {
            wire.inject(Bytes.frame(60, i));
            host.engines.advance(10_000);
        }
        assertEquals(first + 50 * 1024, host.irq("intx-d").instants.getFirst());
        card.r(0xC0);
        host.engines.advance(1_000_000);
        assertEquals(2, host.irq("intx-d").rises);
        card.r(0xC0);
        wire.inject(Bytes.frame(60, 1));
        card.w(0x2820, 20 | 1 << 31);
        assertEquals(0x80, card.r(0xC0), "flushed");
    }

    @Test
    void a_small_packet_tells_at_once() {
        card.w(0x2820, 2000);
        card.w(0x2C00, 100);
        card.r(0xC0);
        wire.inject(Bytes.frame(200, 1));
        assertEquals(0, card.r(0xC0));
        wire.inject(Bytes.frame(60, 1));
        assertEquals(1 << 16, card.r(0xC0));
    }

    @Test
    void loopback_brings_frames_back() {
        card.transmitRing(8);
        card.w(0x100, Card.RCTL | 3 << 6);
        card.legacy(Bytes.frame(100, 9));
        card.send();
        assertTrue(wire.sent.isEmpty());
        assertArrayEquals(Bytes.frame(100, 9), card.next().bytes());
    }

    @Test
    void frames_that_come_while_receive_is_off_or_the_link_is_down_are_lost() {
        card.w(0x100, Card.RCTL & ~2);
        assertEquals(1, wire.inject(Bytes.frame(60, 1)));
        card.w(0x100, Card.RCTL);
        wire.link(false);
        assertEquals(1, wire.inject(Bytes.frame(60, 1)));
        card.settle();
        assertFalse(card.hasNext());
    }

    @Test
    void mac_control_frames_stay_in_the_mac() {
        byte[] pause = Bytes.set(Bytes.frame("0180c2000001", 60, 0), 12, 0x88, 0x08, 0, 1);
        card.w(0x100, Card.RCTL | 1 << 4);
        wire.inject(pause);
        assertFalse(card.hasNext());
        card.w(0x100, Card.RCTL | 1 << 4 | 1 << 23);
        wire.inject(pause);
        assertTrue(card.hasNext());
    }

    @Test
    void counts_are_read_once() {
        wire.inject(Bytes.frame(60, 1), Bytes.frame("ffffffffffff", 300, 1), Bytes.frame("525400000000", 60, 1));
        assertEquals(2, card.r(0x4074), "GPRC");
        assertEquals(0, card.r(0x4074));
        assertEquals(3, card.r(0x40D0), "TPR");
        assertEquals(1, card.r(0x4078), "BPRC");
        assertEquals(64 + 304, card.r(0x4088), "GORCL");
        card.r(0x408C);
        assertEquals(0, card.r(0x4088));
        assertEquals(1, card.r(0x405C), "PRC64");
        assertEquals(1, card.r(0x4068), "PRC511");
    }
}

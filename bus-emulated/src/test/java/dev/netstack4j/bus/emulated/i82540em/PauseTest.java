package dev.netstack4j.bus.emulated.i82540em;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.bus.emulated.bench.Bytes;
import dev.netstack4j.bus.emulated.bench.Card;
import dev.netstack4j.bus.emulated.bench.Host;
import dev.netstack4j.bus.emulated.bench.TestWire;
import org.junit.jupiter.api.Test;

/// Flow control of IEEE 802.3x: what the chip sends and what it obeys.
@Mechanism("I13")
class PauseTest {
    private static final int TFCE = 1 << 28;
    private static final int RFCE = 1 << 27;
    private static final int HIGH = 0x8000;
    private static final int LOW = 0x4000;
    private static final int XONE = 1 << 31;
    private static final int FRAME = 1514;
    /// Bytes of the packet buffer that such a frame takes.
    private static final int ROOM = 1520 + 16;

    private final Host host = new Host();
    private final TestWire wire = new TestWire();
    private final Card card;

    PauseTest() throws NetException {
        card = Card.on(host, wire, "mac", Bytes.MAC);
        card.w(0x28, 0x00C2_8001);
        card.w(0x2C, 0x0100);
        card.w(0x30, 0x8808);
        card.w(0x170, 0x1234);
        card.w(0x2168, HIGH);
        card.w(0x2160, LOW | XONE);
        card.w(0x0000, card.r(0x0000) | TFCE | RFCE);
        card.transmitRing(8).receiveRing(16, Card.RCTL, 2048, 0);
    }

    private static byte[] pause(String destination, int type, int opcode, int quanta) {
        byte[] b = Bytes.frame(destination, 60, 0);
        return Bytes.set(b, 12, type >> 8, type, opcode >> 8, opcode, quanta >> 8, quanta);
    }

    private static byte[] pause(int quanta) {
        return pause("0180c2000001", 0x8808, 1, quanta);
    }

    private int inject(int frames) {
        int taken = 0;
        while (taken < frames && wire.inject(Bytes.frame(FRAME, taken)) == 1) {
            taken++;
            card.settle();
        }
        card.settle();
        return taken;
    }

    @Test
    void at_the_high_water_mark_an_xoff_frame_goes_out_and_at_the_low_one_an_xon_frame() {
        int untilHigh = (HIGH + ROOM - 1) / ROOM;
        inject(untilHigh - 1);
        assertTrue(wire.sent.isEmpty(), "below the mark");
        inject(5);
        assertEquals(1, wire.sent.size(), "one, not one for each frame");
        byte[] xoff = wire.sent.getFirst();
        assertEquals(
                "0180c2000001" + "525400123456" + "8808" + "0001" + "1234",
                Bytes.hex(xoff).substring(0, 36));
        assertEquals(60, xoff.length);
        int kept = untilHigh + 4;
        int toLow = kept - LOW / ROOM;
        for (int i = 0; i < toLow - 1; i++) {
            card.post(1);
            card.settle();
        }
        assertEquals(1, wire.sent.size(), "above the low mark");
        card.post(1);
        card.settle();
        assertEquals("000000", Bytes.hex(wire.sent.get(1)).substring(32, 38), "XON: no quanta");
        assertEquals(1, card.r(0x4054), "XOFFTXC");
        assertEquals(1, card.r(0x404C), "XONTXC");
        assertEquals(0, card.r(0x4080), "GPTC counts neither");
        assertEquals(0, card.r(0x4010), "MPC");
    }

    @Test
    void without_xone_no_xon_frame_goes_out_and_without_tfce_none_at_all() {
        card.w(0x2160, LOW);
        inject(23);
        assertEquals(1, wire.sent.size());
        for (int i = 0; i < 23; i++) {
            card.post(1);
            card.settle();
        }
        assertEquals(1, wire.sent.size());
        card.w(0x0000, card.r(0x0000) & ~TFCE);
        inject(40);
        assertEquals(1, wire.sent.size());
        assertTrue(card.r(0x4010) > 0, "MPC");
    }

    @Test
    @Mechanism("I15")
    void a_wire_that_knows_no_time_is_held_at_a_full_buffer_and_nothing_is_lost() {
        int sent = inject(200);
        assertEquals(48 * 1024 / ROOM, sent, "all of the packet buffer");
        assertEquals(2, wire.sent.size(), "XOFF at the mark, and once more at the overflow");
        int all = 200;
        int next = sent;
        card.post(1);
        for (int got = 0; got < all; got++) {
            card.settle();
            assertArrayEquals(Bytes.frame(FRAME, got), card.next().bytes(), "frame " + got);
            card.post(1);
            card.settle();
            while (wire.resumed > 0 && next < all && wire.inject(Bytes.frame(FRAME, next)) == 1) {
                next++;
            }
        }
        assertEquals(0, card.r(0x4010), "MPC");
    }

    @Test
    void a_pause_frame_is_obeyed_though_the_buffer_is_full() {
        inject(200);
        assertEquals(1, wire.inject(pause(100)));
        assertFalse(sends(1));
        assertEquals(0, wire.inject(Bytes.frame(60 + FRAME, 1)), "but others wait");
    }

    @Test
    void reset_and_switching_off_let_a_held_wire_go() {
        inject(200);
        card.w(0x100, Card.RCTL & ~2);
        card.settle();
        assertEquals(1, wire.resumed);
        card.w(0x100, Card.RCTL);
        inject(200);
        card.w(0x0000, 1 << 26);
        card.settle();
        assertEquals(2, wire.resumed);
    }

    private boolean sends(int seed) {
        int before = wire.sent.size();
        card.legacy(Bytes.frame(100, seed));
        card.send();
        return wire.sent.size() > before;
    }

    @Test
    void xoff_stops_the_transmitter_for_its_quanta_of_512_ns() {
        wire.inject(pause(100));
        assertEquals(1, card.r(0x4050), "XOFFRXC");
        assertFalse(sends(1));
        assertTrue((card.r(0x08) & 1 << 4) != 0, "TXOFF");
        host.engines.advance(100 * 512 - 1);
        assertTrue(wire.sent.isEmpty());
        host.engines.advance(1);
        assertEquals(1, wire.sent.size(), "sent at the very end of the pause, unasked");
        assertEquals(0, card.r(0x08) & 1 << 4);
        assertTrue(sends(2));
    }

    @Test
    void xon_ends_the_pause_and_another_xoff_begins_it_anew() {
        wire.inject(pause(1000));
        assertFalse(sends(1));
        wire.inject(pause(0));
        card.settle();
        assertEquals(1, wire.sent.size());
        assertEquals(1, card.r(0x4048), "XONRXC");
        wire.inject(pause(100));
        host.engines.advance(50 * 512);
        wire.inject(pause(100));
        assertFalse(sends(2));
        host.engines.advance(99 * 512);
        assertEquals(1, wire.sent.size());
        host.engines.advance(512);
        assertEquals(2, wire.sent.size());
    }

    @Test
    void what_fails_a_comparison_pauses_nobody() {
        wire.inject(
                pause("0180c2000002", 0x8808, 1, 100),
                pause("0180c2000001", 0x8808, 2, 100),
                pause("0180c2000001", 0x8809, 1, 100));
        assertTrue(sends(1));
        assertEquals(2, card.r(0x4058), "FCRUC: control frames that are no PAUSE");
        card.w(0x30, 0);
        wire.inject(pause(100));
        assertTrue(sends(2), "FCT does not say which type");
        card.w(0x30, 0x8808);
        card.w(0x0000, card.r(0x0000) & ~RFCE);
        wire.inject(pause(100));
        assertTrue(sends(3), "RFCE is off");
        assertEquals(1, card.r(0x4050), "but it is counted");
        card.w(0x0000, card.r(0x0000) | RFCE);
        wire.inject(pause("525400123456", 0x8808, 1, 100));
        assertFalse(sends(4), "to the station itself is good as well");
    }

    @Test
    void a_pause_frame_goes_out_during_a_pause_and_at_the_drivers_wish() {
        wire.inject(pause(1000));
        assertFalse(sends(1));
        card.w(0x0400, 0x0004_00FA | 1 << 22);
        card.settle();
        assertEquals(1, wire.sent.size());
        assertEquals("88080001" + "1234", Bytes.hex(wire.sent.getFirst()).substring(24, 36));
        assertEquals(0, card.r(0x0400) & 1 << 22, "SWXOFF clears itself");
    }
}

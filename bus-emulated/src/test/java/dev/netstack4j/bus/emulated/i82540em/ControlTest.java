package dev.netstack4j.bus.emulated.i82540em;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.bus.emulated.bench.Bytes;
import dev.netstack4j.bus.emulated.bench.Card;
import dev.netstack4j.bus.emulated.bench.Host;
import dev.netstack4j.bus.emulated.bench.TestWire;
import org.junit.jupiter.api.Test;

class ControlTest {
    private final Host host = new Host();
    private final TestWire wire = new TestWire();

    @Test
    void eeprom_holds_the_address_and_a_good_checksum() throws NetException {
        Card card = Card.on(host, wire, "mac", Bytes.MAC);
        int sum = 0;
        for (int w = 0; w < 0x40; w++) {
            card.w(0x14, w << 8 | 1);
            int answer = card.r(0x14);
            assertTrue((answer & 1 << 4) != 0, "done");
            sum += answer >>> 16;
        }
        assertEquals(0xBABA, sum & 0xFFFF);
        card.w(0x14, 0 << 8 | 1);
        assertEquals(0x5452, card.r(0x14) >>> 16);
        card.w(0x14, 2 << 8 | 1);
        assertEquals(0x5634, card.r(0x14) >>> 16);
    }

    @Test
    void reset_loads_the_receive_address_and_clears_what_the_driver_had_set() throws NetException {
        Card card = Card.on(host, wire, "mac", Bytes.MAC);
        card.transmitRing(8).receiveRing(8, Card.RCTL);
        card.w(0x5400, 0);
        card.w(0xD0, 0xFFFF_FFFF);
        card.w(0xC8, 1);
        card.w(0x0000, card.r(0x0000) | 1 << 26);
        assertEquals(0, card.r(0x0000) & 1 << 26, "RST clears itself");
        assertEquals(0x1200_5452, card.r(0x5400));
        assertEquals(0x8000_5634, card.r(0x5404));
        assertEquals(0, card.r(0xD0));
        assertEquals(0, card.r(0x0100));
        assertEquals(0, card.r(0x3818));
        assertEquals(0, card.r(0x2818));
        assertEquals(0, card.r(0xC0) & 1, "no cause is left");
    }

    @Test
    void phy_answers_at_address_1_and_has_negotiated() throws NetException {
        Card card = Card.on(host, wire);
        assertEquals(0x0141, phy(card, 2));
        assertEquals(0x0C20, phy(card, 3) & 0xFFF0);
        phy(card, 1);
        assertEquals(0x24, phy(card, 1) & 0x24, "link, negotiation complete");
        card.w(0x20, 2 << 26 | 2 << 21 | 1 << 16);
        assertTrue((card.r(0x20) & 1 << 30) != 0, "nobody at address 2");
    }

    private static int phy(Card card, int register) {
        card.w(0x20, 2 << 26 | 1 << 21 | register << 16);
        int answer = card.r(0x20);
        assertTrue((answer & 1 << 28) != 0, "ready");
        return answer & 0xFFFF;
    }

    @Test
    void link_follows_the_wire_and_raises_a_cause() throws NetException {
        Card card = Card.on(host, wire);
        assertEquals(0x83, card.r(0x08) & 0xC3, "link up, full duplex, 1000");
        card.w(0xD0, 1 << 2);
        wire.link(false);
        assertEquals(0, card.r(0x08) & 2);
        assertTrue(host.irq("intx-d").high);
        assertEquals(1 << 2, card.r(0xC0));
        phy(card, 1);
        assertEquals(0, phy(card, 1) & 1 << 2);
        wire.link(true);
        assertEquals(0, phy(card, 1) & 1 << 2, "a loss latches until it is read");
        assertEquals(1 << 2, phy(card, 1) & 1 << 2);
        assertEquals(1 << 2, card.r(0xC0));
    }

    @Test
    void without_link_set_up_the_mac_sees_none() throws NetException {
        Card card = new Card(host, host.plug(wire), java.util.List.of(dev.netstack4j.api.hardware.IrqKind.INTX));
        assertEquals(0, card.r(0x08) & 2);
        card.w(0x0000, 1 << 6);
        assertEquals(2, card.r(0x08) & 2);
    }

    @Test
    void a_device_that_was_pulled_out_reads_all_ones() throws NetException {
        Card card = Card.on(host, wire);
        host.bus.unplug(card.device);
        assertEquals(-1, card.r(0x08));
        assertEquals(-1, card.device.configRead32(0));
        card.w(0x0000, 1 << 26);
        assertEquals(1, wire.inject(Bytes.frame(60, 0)), "frames are lost");
        assertEquals(0, host.engines.count());
    }

    @Test
    void io_window_reaches_the_registers_through_an_address() throws NetException {
        Card card = Card.on(host, wire);
        var io = card.device.mapBar(2);
        io.write32(0, 0x38);
        assertEquals(0x8100, io.read32(4));
        io.write32(4, 0x88A8);
        assertEquals(0x88A8, card.r(0x38));
    }

    @Test
    @Mechanism("I12")
    void interrupts_keep_the_distance_that_itr_asks_for() throws NetException {
        Card card = Card.on(host, wire);
        card.w(0xC4, 400); // 102.4 us
        card.w(0xD0, 1);
        for (int i = 0; i < 200; i++) {
            card.w(0xC8, 1);
            if (host.irq("intx-d").high) {
                card.r(0xC0);
            }
            host.engines.advance(5_000);
        }
        var irq = host.irq("intx-d");
        assertTrue(irq.rises >= 9 && irq.rises <= 11, "1 ms at 102.4 us: " + irq.rises);
        for (int i = 1; i < irq.instants.size(); i++) {
            assertTrue(irq.instants.get(i) - irq.instants.get(i - 1) >= 102_400, irq.instants.toString());
        }
    }

    @Test
    void a_cause_that_came_within_the_interval_is_signalled_at_its_end() throws NetException {
        Card card = Card.on(host, wire);
        card.w(0xC4, 400);
        card.w(0xD0, 1);
        card.w(0xC8, 1);
        long first = host.time.nanos();
        card.r(0xC0);
        card.w(0xC8, 1);
        assertEquals(1, host.irq("intx-d").rises);
        host.engines.advance(200_000);
        assertEquals(first + 102_400, host.irq("intx-d").instants.get(1));
    }

    @Test
    @Mechanism("I8")
    void masked_causes_stand_in_icr_but_do_not_interrupt() throws NetException {
        Card card = Card.on(host, wire);
        card.w(0xC8, 1 << 4 | 1);
        assertEquals(0, host.irq("intx-d").rises);
        card.w(0xD0, 1 << 4);
        assertTrue(host.irq("intx-d").high);
        card.w(0xD8, 1 << 4);
        assertTrue(!host.irq("intx-d").high);
        assertEquals(1 << 4 | 1, card.r(0xC0));
        assertEquals(0, card.r(0xC0), "reading clears");
    }

    @Test
    void writing_ones_to_icr_clears_them() throws NetException {
        Card card = Card.on(host, wire);
        card.w(0xC8, 3);
        card.w(0xC0, 1);
        assertEquals(2, card.r(0xC0));
    }
}

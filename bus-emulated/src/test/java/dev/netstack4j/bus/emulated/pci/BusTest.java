package dev.netstack4j.bus.emulated.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.bus.emulated.bench.Bytes;
import dev.netstack4j.bus.emulated.bench.Card;
import dev.netstack4j.bus.emulated.bench.Host;
import dev.netstack4j.bus.emulated.bench.SharedRuntime;
import dev.netstack4j.bus.emulated.bench.TestWire;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BusTest {
    private static final List<IrqKind> ALL = List.of(IrqKind.MSI_X, IrqKind.MSI, IrqKind.INTX);

    private final Host host = new Host();

    @Test
    void configuration_space_tells_identity_and_sizes() throws NetException {
        PciDevice d = host.plug(new TestWire());
        assertEquals(0x100E_8086, d.configRead32(0));
        assertEquals(0x02_0000, d.configRead32(8) >>> 8);
        assertEquals(0x001E_8086, d.configRead32(0x2C));
        assertEquals(PciId.of(0x8086, 0x100E, 0x8086, 0x001E), d.id());
        int bar0 = d.configRead32(0x10);
        d.configWrite32(0x10, -1);
        assertEquals(128 << 10, -d.configRead32(0x10));
        d.configWrite32(0x10, bar0);
        d.configWrite32(0x18, -1);
        assertEquals(64, -(d.configRead32(0x18) & ~3));
        assertEquals(0, d.configRead32(0x14), "no second memory window");
        d.configWrite32(0, 0);
        assertEquals(0x100E_8086, d.configRead32(0), "identity is read-only");
    }

    @Test
    void capabilities_are_a_chain_with_power_management_and_msi() throws NetException {
        PciDevice d = host.plug(new TestWire());
        assertTrue((d.configRead32(4) & 1 << 20) != 0);
        int first = d.configRead32(0x34) & 0xFF;
        assertEquals(0x01, d.configRead32(first) & 0xFF);
        int second = d.configRead32(first) >>> 8 & 0xFF;
        assertEquals(0x05, d.configRead32(second) & 0xFF);
        assertEquals(0, d.configRead32(second) >>> 8 & 0xFF);
    }

    @Test
    void registers_answer_only_while_memory_is_decoded() throws NetException {
        PciDevice d = host.plug(new TestWire());
        var io = d.mapBar(0);
        assertEquals(-1, io.read32(8));
        d.enable();
        assertNotEquals(-1, io.read32(8));
        assertEquals(-1, io.read32(1 << 17));
        assertEquals(128 << 10, io.size());
        assertThrows(NetException.class, () -> d.mapBar(1));
    }

    @Test
    void hosts_whose_names_differ_in_a_number_have_addresses_of_their_own() throws NetException {
        SharedRuntime runtime = new SharedRuntime();
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Host h = new Host("h" + i, runtime, "identity");
            long low = macLow(h) & 0xFFFF_FFFFL;
            seen.add((long) macHigh(h, 0) << 32 | low);
        }
        assertEquals(100, seen.size());
    }

    @Test
    void addresses_are_given_or_made_from_stack_and_slot() throws NetException {
        SharedRuntime runtime = new SharedRuntime();
        Host a = new Host("alpha", runtime, "identity");
        Host b = new Host("beta", runtime, "identity");
        int a1 = macLow(a);
        int a2 = macLow(a);
        int b1 = macLow(b);
        assertNotEquals(a1, b1);
        assertNotEquals(macHigh(a, 0), macHigh(a, 1));
        assertEquals(a1, a2, "same stack, other slot: differs in the last byte only");
        assertEquals(a1, macLow(new Host("alpha", runtime, "identity")), "the same in every run");
        assertThrows(NetException.class, () -> a.plug(new TestWire(), "mac", "01:00:5e:00:00:01"));
    }

    private static int macLow(Host h) throws NetException {
        PciDevice d = h.plug(new TestWire());
        d.enable();
        int low = d.mapBar(0).read32(0x5400);
        assertEquals(0x02, low & 0xFF, "locally administered");
        return low;
    }

    private static int macHigh(Host h, int index) throws NetException {
        return h.bus.devices().get(index).mapBar(0).read32(0x5404);
    }

    @Test
    @Mechanism("H8")
    void the_best_kind_that_is_not_refused_is_granted() throws NetException {
        assertEquals(IrqKind.MSI, kind("refuse", ""));
        assertEquals(IrqKind.MSI, kind("refuse", "msix"));
        assertEquals(IrqKind.INTX, kind("refuse", "msix,msi"));
        assertThrows(NetException.class, () -> kind("refuse", "msix,msi,intx"));
        assertThrows(NetException.class, () -> kind("refuse", "irq"));
    }

    private IrqKind kind(String... options) throws NetException {
        return host.plug(new TestWire(), options).allocIrqVectors(1, 4, ALL).kind();
    }

    @Test
    void a_message_is_sent_once_for_a_cause_and_again_after_it_was_read() throws NetException {
        TestWire wire = new TestWire();
        Card card = new Card(host, host.plug(wire), List.of(IrqKind.MSI));
        card.w(0xD0, 1);
        card.w(0xC8, 1);
        card.w(0xC8, 1);
        assertEquals(1, host.irq("-msi").raised);
        card.r(0xC0);
        card.w(0xC8, 1);
        assertEquals(2, host.irq("-msi").raised);
        card.vectors.free();
        assertTrue(host.irq("-msi").released);
        card.r(0xC0);
        card.w(0xC8, 1);
        assertEquals(2, host.irq("-msi").raised);
    }

    @Test
    @Mechanism("H10")
    void two_slots_on_one_line_hold_it_high_until_both_are_served() throws NetException {
        List<Card> cards = new java.util.ArrayList<>();
        for (int i = 0; i < 5; i++) {
            cards.add(Card.on(host, new TestWire()));
        }
        Card first = cards.get(0);
        Card last = cards.get(4);
        assertEquals(first.vectors.irqs().getFirst(), last.vectors.irqs().getFirst(), "slots 3 and 7 share a line");
        first.w(0xD0, 1);
        last.w(0xD0, 1);
        first.w(0xC8, 1);
        last.w(0xC8, 1);
        assertTrue(host.irq("intx-d").high);
        assertEquals(1, host.irq("intx-d").rises);
        first.r(0xC0);
        assertTrue(host.irq("intx-d").high);
        last.r(0xC0);
        assertFalse(host.irq("intx-d").high);
        first.w(0xC8, 1);
        host.bus.unplug(first.device);
        assertFalse(host.irq("intx-d").high, "a card that is pulled out lets go of the line");
    }

    @Test
    void interrupt_disable_in_the_command_register_masks_the_pin() throws NetException {
        Card card = Card.on(host, new TestWire());
        card.w(0xD0, 1);
        card.device.configWrite32(4, card.device.configRead32(4) | 1 << 10);
        card.w(0xC8, 1);
        assertFalse(host.irq("intx-d").high);
        card.device.configWrite32(4, card.device.configRead32(4) & ~(1 << 10));
        assertTrue(host.irq("intx-d").high);
    }

    @Test
    void slots_run_out_and_come_back() throws NetException {
        for (int i = 0; i < 29; i++) {
            host.plug(new TestWire());
        }
        assertThrows(NetException.class, () -> host.plug(new TestWire()));
        assertEquals("0000:00:03.0", host.bus.devices().getFirst().address());
        host.bus.unplug(host.bus.devices().getFirst());
        host.plug(new TestWire());
        assertThrows(NetException.class, () -> host.bus.plug("82599", host.options(), new TestWire()));
        host.bus.close();
        assertEquals(0, host.engines.count());
    }

    @Test
    void closing_the_bus_gives_memory_back() throws NetException {
        Host bouncing = new Host("b", new SharedRuntime(), "bounce");
        long before = bouncing.memory().freeBytes();
        Card card = Card.on(bouncing, new TestWire(), "mac", Bytes.MAC);
        long at = card.device.dma().allocCoherent(100_000);
        card.device.dma().freeCoherent(at, 100_000);
        bouncing.bus.close();
        assertEquals(before, bouncing.memory().freeBytes());
    }
}

package dev.netstack4j.bus.emulated.dma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.bus.emulated.bench.Bytes;
import dev.netstack4j.bus.emulated.bench.Card;
import dev.netstack4j.bus.emulated.bench.Host;
import dev.netstack4j.bus.emulated.bench.SharedRuntime;
import dev.netstack4j.bus.emulated.bench.TestWire;
import org.junit.jupiter.api.Test;

@Mechanism("I4")
class DmaTest {
    private final TestWire wire = new TestWire();

    private Card card(Host host) throws NetException {
        return Card.on(host, wire, "mac", Bytes.MAC);
    }

    private static Host host(String dma) {
        return new Host("h", new SharedRuntime(), dma);
    }

    /// A transmit ring in memory that the card may use.
    private static long ring(Card card) {
        long ring = card.device.dma().allocCoherent(128);
        card.transmitRing(8);
        card.w(0x3800, (int) ring);
        return ring;
    }

    private static void post(Card card, long ring, int index, long data, int bytes) {
        card.host.memory().put64Le(ring + 16L * index, data);
        card.host.memory().put64Le(ring + 16L * index + 8, bytes | 0x0B00_0000L);
        card.w(0x3818, index + 1);
    }

    private static long buffer(Card card, byte[] frame) {
        long at = card.host.memory().allocate(4096);
        card.host.memory().write(at, frame, 0, frame.length);
        return at;
    }

    @Test
    void a_mapped_buffer_is_sent() throws NetException {
        Host host = host("checked");
        Card card = card(host);
        long ring = ring(card);
        byte[] frame = Bytes.frame(100, 1);
        long at = buffer(card, frame);
        long bus = card.device.dma().map(at, 100, DmaDirection.TO_DEVICE);
        assertEquals(at, bus);
        post(card, ring, 0, bus, 100);
        card.settle();
        assertArrayEquals(frame, wire.sent.getFirst());
        card.device.dma().unmap(bus, 100, DmaDirection.TO_DEVICE);
        card.device.dma().freeCoherent(ring, 128);
        host.bus.close();
    }

    @Test
    void a_device_that_reads_what_was_unmapped_fails_naming_both_places() throws NetException {
        Card card = card(host("checked"));
        long ring = ring(card);
        long at = buffer(card, Bytes.frame(100, 1));
        long bus = card.device.dma().map(at, 100, DmaDirection.TO_DEVICE);
        card.device.dma().unmap(bus, 100, DmaDirection.TO_DEVICE);
        post(card, ring, 0, bus, 100);
        IllegalStateException e = assertThrows(IllegalStateException.class, card::settle);
        assertTrue(e.getMessage().contains("82540em 0000:00:03.0 reads 100 bytes"), e.getMessage());
        assertTrue(e.getMessage().contains("transmit data"), e.getMessage());
        assertTrue(e.getMessage().contains("mapped for 82540em 0000:00:03.0 at "), e.getMessage());
        assertTrue(e.getMessage().contains("unmapped at ") && e.getMessage().contains("DmaTest"), e.getMessage());
        assertTrue(wire.sent.isEmpty(), "the transfer is dropped");
    }

    @Test
    void a_device_that_writes_to_what_was_mapped_for_reading_fails_on_its_own_host() throws NetException {
        Card card = card(host("checked"));
        long ring = card.device.dma().allocCoherent(128);
        long at = buffer(card, new byte[2048]);
        long bus = card.device.dma().map(at, 2048, DmaDirection.TO_DEVICE);
        card.host.memory().put64Le(ring, bus);
        card.w(0x2800, (int) ring);
        card.w(0x2808, 128);
        card.w(0x2818, 4);
        card.w(0x100, Card.RCTL);
        assertEquals(1, wire.inject(Bytes.frame(60, 1)), "the sender's thread sees nothing of it");
        card.w(0x3818, 0);
        IllegalStateException e = assertThrows(IllegalStateException.class, card::settle);
        assertTrue(e.getMessage().contains("writes 60 bytes"), e.getMessage());
        assertTrue(e.getMessage().contains("TO_DEVICE"), e.getMessage());
        assertTrue((card.host.memory().get64LeAcquire(ring + 8) >>> 40 & 0x80) != 0, "RXE");
    }

    @Test
    void a_driver_that_touches_what_the_device_owns_fails_naming_both_places() throws NetException {
        Host host = host("checked");
        DmaMapper dma = card(host).device.dma();
        long at = host.memory().allocate(4096);
        dma.map(at, 2048, DmaDirection.FROM_DEVICE);
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> host.memory().get16(at + 12));
        assertTrue(e.getMessage().contains("the CPU reads 2 bytes"), e.getMessage());
        assertEquals(2, e.getMessage().split("DmaTest.java", -1).length - 1, "both places: " + e.getMessage());
        dma.syncForCpu(at, 60, DmaDirection.FROM_DEVICE);
        host.memory().get16(at + 12);
        dma.syncForDevice(at, 60, DmaDirection.FROM_DEVICE);
        assertThrows(IllegalStateException.class, () -> host.memory().put8(at, 1));
        host.memory().put8(at + 2048, 1);
        dma.unmap(at, 2048, DmaDirection.FROM_DEVICE);
        host.memory().get16(at + 12);
    }

    @Test
    void what_the_device_reads_the_driver_may_read_but_not_write() throws NetException {
        Host host = host("checked");
        DmaMapper dma = card(host).device.dma();
        long at = host.memory().allocate(4096);
        dma.map(at, 100, DmaDirection.TO_DEVICE);
        host.memory().get32(at);
        assertThrows(IllegalStateException.class, () -> host.memory().put32(at + 96, 1));
    }

    @Test
    void a_wrong_unmap_fails_and_a_forgotten_one_is_told_at_the_end() throws NetException {
        Host host = host("checked");
        DmaMapper dma = card(host).device.dma();
        long at = host.memory().allocate(4096);
        dma.map(at, 100, DmaDirection.TO_DEVICE);
        assertThrows(IllegalStateException.class, () -> dma.unmap(at, 101, DmaDirection.TO_DEVICE));
        assertThrows(IllegalStateException.class, () -> dma.unmap(at, 100, DmaDirection.FROM_DEVICE));
        IllegalStateException e = assertThrows(IllegalStateException.class, host.bus::close);
        assertTrue(e.getMessage().startsWith("1 DMA mappings were never undone"), e.getMessage());
    }

    @Test
    void bouncing_shows_who_forgets_to_sync_or_uses_the_address() throws NetException {
        Host host = host("bounce");
        Card card = card(host);
        long ring = ring(card);
        DmaMapper dma = card.device.dma();
        byte[] frame = Bytes.frame(100, 1);
        long at = buffer(card, frame);
        long bus = dma.map(at, 100, DmaDirection.TO_DEVICE);
        assertNotEquals(at, bus);
        host.memory().put8(at + 50, 0xEE);
        post(card, ring, 0, bus, 100);
        card.settle();
        assertArrayEquals(frame, wire.sent.getFirst(), "written after map without sync: not seen");
        dma.syncForDevice(bus, 100, DmaDirection.TO_DEVICE);
        post(card, ring, 1, bus, 100);
        card.settle();
        assertArrayEquals(Bytes.set(frame, 50, 0xEE), wire.sent.get(1));
        dma.unmap(bus, 100, DmaDirection.TO_DEVICE);
        long rx = dma.map(at, 2048, DmaDirection.FROM_DEVICE);
        host.memory().put8(rx + 7, 0x77);
        assertNotEquals(0x77, host.memory().get8(at + 7));
        dma.syncForCpu(rx, 60, DmaDirection.FROM_DEVICE);
        assertEquals(0x77, host.memory().get8(at + 7));
        dma.unmap(rx, 2048, DmaDirection.FROM_DEVICE);
        assertThrows(IllegalStateException.class, () -> dma.unmap(rx, 2048, DmaDirection.FROM_DEVICE));
    }

    @Test
    void bouncing_lets_the_device_at_bus_addresses_alone() throws NetException {
        Host host = host("bounce");
        Card card = card(host);
        long ring = ring(card);
        DmaMapper dma = card.device.dma();
        long at = buffer(card, Bytes.frame(100, 1));
        long bus = dma.map(at, 100, DmaDirection.TO_DEVICE);
        post(card, ring, 0, at, 100);
        card.settle();
        assertTrue(wire.sent.isEmpty(), "the address was used instead of the bus address");
        assertEquals(1, ((DmaPort) dma).faults());
        post(card, ring, 1, bus, 100);
        card.settle();
        assertEquals(1, wire.sent.size());
        dma.unmap(bus, 100, DmaDirection.TO_DEVICE);
        dma.freeCoherent(ring, 128);
        assertFalse(((DmaPort) dma).mayRead(ring, 16, "a ring that was freed"));
    }

    @Test
    void identity_refuses_what_is_not_memory() throws NetException {
        Host host = host("identity");
        Card card = card(host);
        assertEquals(DmaMapper.MAPPING_ERROR, card.device.dma().map(-5, 10, DmaDirection.TO_DEVICE));
        assertEquals(
                DmaMapper.MAPPING_ERROR, card.device.dma().map(host.memory().size() - 5, 10, DmaDirection.TO_DEVICE));
        card.receiveRing(8, Card.RCTL);
        host.memory().put64Le(Card.RX_RING, Long.MAX_VALUE);
        wire.inject(Bytes.frame(60, 1));
        card.settle();
        assertTrue(card.at(0).status() != 0 && card.at(0).errors() == 0x80);
        assertFalse(card.at(1).has(1));
        assertEquals(1, ((DmaPort) card.device.dma()).faults());
    }
}

package dev.netstack4j.testkit.kit.bus;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.testkit.kit.Kit;
import dev.netstack4j.testkit.kit.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The rules of `PciBus`, `PciDevice`, `IoMemory`, `DmaMapper` and `IrqVectors`. [PciBusConformance] shows how to use
/// it.
public final class PciBusKit extends Kit<PciBusSubject> {
    private static final String SINCE = "0.1";
    private static final List<IrqKind> ALL = List.of(IrqKind.MSI_X, IrqKind.MSI, IrqKind.INTX);

    /// All rules.
    public PciBusKit() {
        super("BUS");
        on(1, "has the models that it lists", PciBusKit::models);
        on(2, "shows the same identity in configuration space", PciBusKit::identity);
        on(3, "maps the bars that there are, and refuses others", PciBusKit::bars);
        on(4, "never throws when a register is reached for", PciBusKit::farAccess);
        on(5, "answers with all ones for a device that is gone", PciBusKit::gone);
        on(6, "lists what is plugged in", PciBusKit::lists);
        on(7, "refuses models that there are not", PciBusKit::unknownModel);
        on(8, "gives each device an address of its own", PciBusKit::addresses);
        on(9, "gives ring memory zeroed and aligned", PciBusKit::coherent);
        on(10, "says -1 when memory is short, and takes it back", PciBusKit::memoryShort);
        on(11, "maps what lies in memory and nothing else", PciBusKit::mapping);
        on(12, "grants the best of the allowed kinds of interrupts", PciBusKit::bestKind);
        on(13, "grants at least the fewest and at most the most vectors", PciBusKit::counts);
        on(14, "takes interrupt vectors back", PciBusKit::vectorsBack);
        on(15, "joins a device to its wire once", PciBusKit::attaches);
        on(16, "leaves nothing at work when it is closed", PciBusKit::closes);
        rule(17, SINCE, "stops DMA when a device is disabled", MovingRules::disabled);
        rule(18, SINCE, "moves the data of a driver", MovingRules::moves);
    }

    private interface Check {
        void judge(BusCase c, Trial t) throws Exception;
    }

    private void on(int number, String sentence, Check check) {
        rule(number, SINCE, sentence, (s, t) -> check.judge(new BusCase(s, t), t));
    }

    private static void models(BusCase c, Trial t) throws NetException {
        t.check(c.bus.models().contains(c.subject.model()), "does not list " + c.subject.model());
        for (String model : c.bus.models()) {
            PciDevice d = c.plug(model, new BusCase.CountingWire());
            t.check(c.bus.devices().contains(d), "a device of model " + model + " is not listed");
            c.bus.unplug(d);
        }
    }

    private static void identity(BusCase c, Trial t) throws NetException {
        PciDevice d = c.plug();
        int first = d.configRead32(0);
        int subsystem = d.configRead32(0x2C);
        PciId seen = PciId.of(first & 0xFFFF, first >>> 16, subsystem & 0xFFFF, subsystem >>> 16);
        t.checkEqual(d.id(), seen, "the identity in configuration space");
    }

    private static void bars(BusCase c, Trial t) throws NetException {
        PciDevice d = c.plug();
        d.enable();
        int mapped = 0;
        for (int bar = 0; bar < 6; bar++) {
            IoMemory m = c.window(d, bar);
            t.check(m == null || m.size() > 0, "bar " + bar + " is empty");
            mapped += m == null ? 0 : 1;
        }
        t.check(mapped > 0 && mapped < 6, mapped + " of 6 bars are mapped");
    }

    private static void farAccess(BusCase c, Trial t) throws NetException {
        PciDevice d = c.plug();
        d.enable();
        IoMemory m = c.window(d);
        for (int offset :
                new int[] {m.size(), m.size() + 4, m.size() * 2, -4, Integer.MAX_VALUE - 3, Integer.MIN_VALUE}) {
            t.checkEqual(-1, m.read32(offset), "a read at " + offset + " in a window of " + m.size());
            m.write32(offset, 0);
        }
    }

    private static void gone(BusCase c, Trial t) throws NetException {
        PciDevice d = c.plug();
        d.enable();
        IoMemory m = c.window(d);
        c.bus.unplug(d);
        t.checkEqual(-1, m.read32(0), "a register of a device that is gone");
        t.checkEqual(-1, d.configRead32(0), "configuration space of a device that is gone");
        m.write32(0, 0);
        d.configWrite32(4, 0);
        d.disable();
        boolean refused = false;
        try {
            d.enable();
        } catch (NetException e) {
            refused = true;
        }
        t.check(refused, "a device that is gone can be enabled");
    }

    private static void lists(BusCase c, Trial t) throws NetException {
        t.check(c.bus.devices().isEmpty(), "lists devices before one is plugged in");
        PciDevice a = c.plug();
        PciDevice b = c.plug();
        t.checkEqual(List.of(a, b), c.bus.devices(), "devices");
        c.bus.unplug(a);
        t.checkEqual(List.of(b), c.bus.devices(), "devices after one was unplugged");
        c.bus.unplug(a);
        c.bus.unplug(b);
        t.check(c.bus.devices().isEmpty(), "lists devices that were unplugged");
    }

    private static void unknownModel(BusCase c, Trial t) {
        boolean refused = false;
        try {
            c.plug("no-such-model", new BusCase.CountingWire());
        } catch (NetException e) {
            refused = true;
        }
        t.check(refused, "plugs in a model that there is not");
        t.check(c.bus.devices().isEmpty(), "lists a device that was refused");
    }

    private static void addresses(BusCase c, Trial t) throws NetException {
        TreeSet<String> seen = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            t.check(seen.add(c.plug().address()), "two devices have one address: " + seen);
        }
        // Each device of a bus to the outside may be a process.
        boolean full = c.ops.touchesOutside();
        for (int i = 0; i < 300 && !full; i++) {
            try {
                t.check(seen.add(c.plug().address()), "two devices have one address: " + seen);
            } catch (NetException e) {
                full = true;
            }
        }
        t.check(full, "never has too few slots");
        c.bus.unplug(c.bus.devices().getFirst());
        c.plug();
    }

    private static void coherent(BusCase c, Trial t) throws NetException {
        PciDevice d = c.plug();
        d.enable();
        List<Long> got = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (int bytes : new int[] {1, 4096, 65_536, 70_000}) {
                long at = d.dma().allocCoherent(bytes);
                t.check(at >= 0, "no memory for a ring of " + bytes + " bytes");
                t.checkEqual(0L, at % 65_536, "alignment of ring memory");
                for (int i = 0; i < bytes; i += 97) {
                    t.checkEqual(0, c.context.memory().get8(at + i), "byte " + i + " of ring memory");
                    c.context.memory().put8(at + i, 0xFF);
                }
                got.add(at);
                if (round < 2) {
                    d.dma().freeCoherent(at, bytes);
                }
            }
        }
        t.checkEqual(4L, got.stream().skip(8).distinct().count(), "rings that lie apart");
    }

    private static void memoryShort(BusCase c, Trial t) throws NetException {
        PciDevice d = c.plug();
        d.enable();
        for (int round = 0; round < 3; round++) {
            List<Long> got = new ArrayList<>();
            long at = d.dma().allocCoherent(65_536);
            while (at >= 0 && got.size() < 1000) {
                got.add(at);
                at = d.dma().allocCoherent(65_536);
            }
            t.check(at == -1, "never runs out of memory");
            t.check(got.size() > 8, "has memory for " + got.size() + " rings in round " + round);
            got.forEach(a -> d.dma().freeCoherent(a, 65_536));
        }
    }

    private static void mapping(BusCase c, Trial t) throws NetException {
        PciDevice d = c.plug();
        d.enable();
        long at = c.context.memory().allocate(65_536);
        byte[] bytes = new byte[2000];
        t.random().nextBytes(bytes);
        c.context.memory().write(at, bytes, 0, bytes.length);
        for (DmaDirection direction : DmaDirection.values()) {
            long bus = d.dma().map(at, bytes.length, direction);
            t.check(bus != DmaMapper.MAPPING_ERROR, "a buffer cannot be mapped " + direction);
            d.dma().unmap(bus, bytes.length, direction);
            byte[] now = new byte[bytes.length];
            c.context.memory().read(at, now, 0, now.length);
            t.check(
                    direction == DmaDirection.FROM_DEVICE || java.util.Arrays.equals(bytes, now),
                    "the bytes of a buffer changed while it was mapped " + direction);
        }
        long size = c.context.memory().size();
        for (long outside : new long[] {size, size - 10, -4096}) {
            long bus = d.dma().map(outside, 100, DmaDirection.TO_DEVICE);
            t.checkEqual(DmaMapper.MAPPING_ERROR, bus, "mapping of 100 bytes at " + outside + " of " + size);
        }
        c.context.memory().free(at, 65_536);
    }

    private static void bestKind(BusCase c, Trial t) throws NetException {
        for (int mask = 0; mask < 8; mask++) {
            List<IrqKind> asked = new ArrayList<>();
            for (int k = 0; k < ALL.size(); k++) {
                if ((mask & 1 << k) != 0) {
                    asked.add(ALL.get(k));
                }
            }
            List<IrqKind> both = new ArrayList<>(asked);
            both.retainAll(c.subject.interrupts());
            PciDevice d = c.plug();
            d.enable();
            IrqKind granted = null;
            try {
                IrqVectors v = d.allocIrqVectors(1, 1, asked);
                granted = v.kind();
                v.free();
            } catch (NetException e) {
                t.checkEqual(Errno.ENODEV, e.errno(), "the refusal of " + asked);
            }
            t.checkEqual(both.isEmpty() ? null : both.getFirst(), granted, "the kind granted of " + asked);
            c.bus.unplug(d);
        }
    }

    private static void counts(BusCase c, Trial t) throws NetException {
        PciDevice d = c.plug();
        d.enable();
        for (int most = 1; most < 5; most++) {
            IrqVectors v = d.allocIrqVectors(1, most, ALL);
            int n = v.irqs().size();
            t.check(n >= 1 && n <= most, n + " vectors where 1 to " + most + " were asked for");
            v.free();
        }
        boolean refused = false;
        try {
            IrqVectors v = d.allocIrqVectors(3000, 3000, ALL);
            t.check(v.irqs().size() >= 3000, v.irqs().size() + " vectors where 3000 are the fewest that do");
        } catch (NetException e) {
            refused = true;
        }
        t.check(refused, "grants 3000 vectors");
    }

    private static void vectorsBack(BusCase c, Trial t) throws NetException {
        PciDevice d = c.plug();
        d.enable();
        for (IrqKind kind : c.subject.interrupts()) {
            d.allocIrqVectors(1, 1, List.of(kind)).free();
            int before = c.context.lines();
            for (int i = 0; i < 20; i++) {
                d.allocIrqVectors(1, 1, List.of(kind)).free();
            }
            t.checkEqual(before, c.context.lines(), "lines of the stack that are held after vectors were freed");
        }
    }

    private static void attaches(BusCase c, Trial t) throws NetException {
        BusCase.CountingWire wire = new BusCase.CountingWire();
        PciDevice d = c.plug(wire);
        t.checkEqual(1, wire.attached, "how often the device was attached to its wire");
        c.bus.unplug(d);
        c.pass();
        t.checkEqual(0, wire.sent, "frames sent by a device that nobody drove");
    }

    private static void closes(BusCase c, Trial t) throws NetException {
        PciDevice a = c.plug();
        PciDevice b = c.plug();
        a.enable();
        b.enable();
        IoMemory m = c.window(a);
        c.bus.unplug(b);
        c.bus.close();
        t.checkEqual(-1, m.read32(0), "a register of a device on a bus that was closed");
        t.checkEqual(-1, a.configRead32(0), "configuration space of a device on a bus that was closed");
        t.check(c.bus.devices().isEmpty(), "lists devices after it was closed");
        c.pass();
    }
}

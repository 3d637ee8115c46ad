package dev.netstack4j.bus.emulated.pci;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.PciBus;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.bus.emulated.dma.BounceDma;
import dev.netstack4j.bus.emulated.dma.CheckedDma;
import dev.netstack4j.bus.emulated.dma.DmaMode;
import dev.netstack4j.bus.emulated.dma.HostDma;
import dev.netstack4j.bus.emulated.dma.IdentityDma;
import dev.netstack4j.bus.emulated.dma.OwnershipTable;
import dev.netstack4j.bus.emulated.fault.DeviceFaults;
import dev.netstack4j.bus.emulated.fault.DmaFaults;
import dev.netstack4j.bus.emulated.fault.Fault;
import dev.netstack4j.bus.emulated.fault.FaultyLink;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Slots 3 to 31 of PCI bus 0, whose INTA pins are wired to four shared lines: slot `s` to line `s & 3`.
final class EmulatedBus implements PciBus {
    private static final int FIRST_SLOT = 3;
    private static final int SLOTS = 32;
    private static final int PINS = 4;
    private static final int MMIO_BASE = 0xF000_0000;
    private static final int IO_BASE = 0xC000;

    private final BusContext host;
    private final DmaMode mode;
    private final @Nullable Slot[] slots = new @Nullable Slot[SLOTS];
    private final @Nullable IntxPin[] pins = new @Nullable IntxPin[PINS];
    private final List<HostDma> retired = new ArrayList<>();
    private @Nullable OwnershipTable ownership;

    private record Slot(EmulatedPciDevice device, HostDma dma) {}

    EmulatedBus(BusContext host, DmaMode mode) {
        this.host = host;
        this.mode = mode;
    }

    @Override
    public List<String> models() {
        return Models.NAMES;
    }

    @Override
    public PciDevice plug(String model, Options options, Wire wire) throws NetException {
        ModelFactory factory = Models.find(model);
        if (factory == null) {
            throw new NetException(
                    Errno.ENODEV, "plug in '" + model + "', of which there is none; there are " + models());
        }
        int slot = freeSlot();
        String address = String.format(java.util.Locale.ROOT, "0000:00:%02x.0", slot);
        Set<IrqKind> refused = refused(options.get(EmulatedBusOps.REFUSE));
        MacAddress mac = macAddress(options.get(EmulatedBusOps.MAC), slot);
        String name = model + " " + address;
        DmaFaults dmaFaults = new DmaFaults(host.memory(), host.sync(), name);
        HostDma dma = newDma(name, options.has(EmulatedBusOps.DMA) ? options.get(EmulatedBusOps.DMA) : mode, dmaFaults);
        FaultyLink link = new FaultyLink(wire);
        DeviceModel chip =
                factory.create(new ModelContext(name, host, dma, link, mac, options.get(EmulatedBusOps.EEPROM)));
        VectorGrant vectors = new VectorGrant(host, pin(slot & PINS - 1), 1 << slot, refused);
        EmulatedPciDevice device = new EmulatedPciDevice(
                address, chip, dma, vectors, s -> new DeviceFaults(name, host, dmaFaults, link, s));
        assignAddresses(device, slot);
        slots[slot] = new Slot(device, dma);
        link.attach(chip.receiver());
        options.get(EmulatedBusOps.FAULT).forEach(device::inject);
        return device;
    }

    @Override
    public void inject(PciDevice device, String fault) throws NetException {
        if (!(device instanceof EmulatedPciDevice ours) || !devices().contains(ours)) {
            throw new NetException(Errno.ENODEV, "inject '" + fault + "' into a device that is not plugged in here");
        }
        try {
            Fault.LIST.parse(fault).forEach(ours::inject);
        } catch (IllegalArgumentException e) {
            throw new NetException(Errno.EINVAL, "inject a fault: " + e.getMessage(), e);
        }
    }

    private int freeSlot() throws NetException {
        for (int s = FIRST_SLOT; s < SLOTS; s++) {
            if (slots[s] == null) {
                return s;
            }
        }
        throw new NetException(Errno.ENODEV, "find a free slot on the PCI bus");
    }

    private static Set<IrqKind> refused(String text) throws NetException {
        Set<IrqKind> kinds = EnumSet.noneOf(IrqKind.class);
        for (String word : text.split(",", -1)) {
            switch (word.strip()) {
                case "" -> {}
                case "msix" -> kinds.add(IrqKind.MSI_X);
                case "msi" -> kinds.add(IrqKind.MSI);
                case "intx" -> kinds.add(IrqKind.INTX);
                default ->
                    throw new NetException(
                            Errno.EINVAL, "refuse interrupts of kind '" + word + "' (there are msix, msi, intx)");
            }
        }
        return kinds;
    }

    /// A locally administered address from the stack's name and the slot, so that every run has the same.
    private MacAddress macAddress(MacAddress given, int slot) throws NetException {
        if (given.equals(MacAddress.ZERO)) {
            long hash = 0xCBF2_9CE4_8422_2325L; // FNV-1a
            String name = host.stackName();
            for (int i = 0; i < name.length(); i++) {
                hash = (hash ^ name.charAt(i)) * 0x100_0000_01B3L;
            }
            // The low bits of the hash tell names apart that differ in their last letter.
            long folded = (hash ^ hash >>> 32) & 0xFFFF_FFFFL;
            return MacAddress.of(0x02L << 40 | folded << 8 | slot);
        }
        if (!given.isValidStation()) {
            throw new NetException(Errno.EADDRNOTAVAIL, "give a network card the address " + given);
        }
        return given;
    }

    private HostDma newDma(String device, DmaMode how, DmaFaults faults) {
        return switch (how) {
            case IDENTITY -> new IdentityDma(host.memory(), faults, host.clock());
            case BOUNCE ->
                new BounceDma(host.memory(), faults, host.clock(), host.sync().spinLock("bounce " + device));
            case CHECKED -> new CheckedDma(host.memory(), faults, host.clock(), device, ownershipTable());
        };
    }

    private OwnershipTable ownershipTable() {
        OwnershipTable table = ownership;
        if (table == null) {
            table = new OwnershipTable(host.memory(), host.sync().spinLock("dma ownership"));
            ownership = table;
        }
        return table;
    }

    private IntxPin pin(int index) {
        IntxPin pin = pins[index];
        if (pin == null) {
            pin = new IntxPin(
                    host.newIrq("intx-" + "abcd".charAt(index)), host.sync().bits("intx " + index));
            pins[index] = pin;
        }
        return pin;
    }

    /// What firmware does.
    private static void assignAddresses(EmulatedPciDevice device, int slot) {
        int mmio = MMIO_BASE + (slot << 20);
        int io = IO_BASE + (slot << 8);
        for (Bar b : device.model().function().bars()) {
            int at = b.io() ? io : mmio;
            device.configWrite32(ConfigSpace.BAR0 + 4 * b.index(), at);
            io += b.io() ? b.bytes() : 0;
            mmio += b.io() ? 0 : b.bytes();
        }
    }

    @Override
    public void unplug(PciDevice device) {
        for (int s = 0; s < SLOTS; s++) {
            Slot slot = slots[s];
            if (slot != null && slot.device == device) {
                slots[s] = null;
                slot.device.remove();
                retired.add(slot.dma); // its driver may unmap later still
            }
        }
    }

    @Override
    public List<PciDevice> devices() {
        List<PciDevice> all = new ArrayList<>();
        for (Slot s : slots) {
            if (s != null) {
                all.add(s.device);
            }
        }
        return all;
    }

    @Override
    public void close() {
        devices().forEach(this::unplug);
        for (int p = 0; p < PINS; p++) {
            IntxPin pin = pins[p];
            if (pin != null) {
                pin.line().release();
                pins[p] = null;
            }
        }
        retired.forEach(HostDma::close);
        retired.clear();
        checkLeaks();
    }

    private void checkLeaks() {
        OwnershipTable table = ownership;
        ownership = null;
        if (table == null) {
            return;
        }
        host.memory().guard(null);
        List<String> held = table.held();
        if (!held.isEmpty()) {
            throw new IllegalStateException(
                    held.size() + " DMA mappings were never undone, the first: " + held.getFirst());
        }
    }
}

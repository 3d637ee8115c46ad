package dev.netstack4j.systemtests.kits.bus;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.PciBus;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.spi.Options;
import java.util.ArrayList;
import java.util.List;

/// A bus of four slots for one model, `plain`. For virtual time: nothing here is locked.
final class PlainBus implements PciBus {
    private static final int SLOTS = 4;

    private final BusContext host;
    private final PlainPciDevice[] slots = new PlainPciDevice[SLOTS];
    private BusDefect defect = BusDefect.NONE;

    PlainBus(BusContext host) {
        this.host = host;
    }

    @Override
    public List<String> models() {
        return List.of("plain");
    }

    @Override
    public PciDevice plug(String model, Options options, Wire wire) throws NetException {
        defect = BusDefect.valueOf(options.get(PlainBusOps.DEFECT));
        if (!models().contains(model) && defect != BusDefect.ANY_MODEL) {
            throw new NetException(Errno.ENODEV, "plug in '" + model + "'");
        }
        int slot = freeSlot();
        String address = "0000:00:0" + (defect == BusDefect.SAME_ADDRESS ? 0 : slot) + ".0";
        PlainPciDevice device = new PlainPciDevice(host, address, slot, wire, defect);
        slots[slot] = device;
        wire.attach(device.chip());
        if (defect == BusDefect.ATTACHES_TWICE) {
            wire.attach(device.chip());
        }
        return device;
    }

    private int freeSlot() throws NetException {
        for (int s = 0; s < SLOTS; s++) {
            if (slots[s] == null) {
                return s;
            }
        }
        throw new NetException(Errno.ENODEV, "find a free slot");
    }

    @Override
    public void unplug(PciDevice device) {
        for (int s = 0; s < SLOTS; s++) {
            if (slots[s] == device && device != null) {
                slots[s].remove();
                slots[s] = defect == BusDefect.LISTS_UNPLUGGED ? slots[s] : null;
            }
        }
    }

    @Override
    public List<PciDevice> devices() {
        List<PciDevice> all = new ArrayList<>();
        for (PlainPciDevice d : slots) {
            if (d != null) {
                all.add(d);
            }
        }
        return all;
    }

    @Override
    public void close() {
        if (defect != BusDefect.CLOSE_LEAVES) {
            devices().forEach(this::unplug);
        }
    }
}

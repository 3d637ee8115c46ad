package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.runtime.WorkQueue;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Takes 82540EM devices and lets go of them. Each step of a probe notes how to undo it; a failure undoes all earlier
/// ones in reverse, and so does [#remove].
@Linux("drivers/net/ethernet/intel/e1000/e1000_main.c#e1000_probe")
final class E1000Driver implements PciDriver {
    private static final int REGISTER_BAR = 0;

    private final E1000Services services;
    private final Map<String, Unwind> taken = new TreeMap<>();

    @Inject
    E1000Driver(
            NetDevices netDevices,
            WorkQueue work,
            ControlLock controlLock,
            Cpus cpus,
            Timers timers,
            SkBuffPool pool,
            PacketReasons reasons) {
        services = new E1000Services(netDevices, work, controlLock, cpus, timers, pool, new E1000Reasons(reasons));
    }

    @Override
    public void probe(PciDevice pdev, PciId id, Options options) throws NetException {
        E1000Settings settings = E1000Options.settings(options);
        Unwind undo = new Unwind();
        try {
            probe(pdev, settings, undo);
            taken.put(pdev.address(), undo);
        } catch (NetException e) {
            undo.run();
            throw new NetException(e.errno(), "probe " + pdev.address() + " (" + e.getMessage() + ")", e);
        } catch (RuntimeException e) {
            undo.run();
            throw e;
        }
    }

    private void probe(PciDevice pdev, E1000Settings settings, Unwind undo) throws NetException {
        // 1. Let the device decode its memory and act as bus master.
        pdev.enable();
        undo.push(pdev::disable);
        // 2. Map its registers.
        Chip chip = new Chip(pdev.mapBar(REGISTER_BAR));
        // 3. Reset it: whoever had it before, it does nothing now.
        chip.reset();
        // 4. Read its EEPROM and take the station address from there.
        MacAddress mac = Eeprom.read(chip.registers()).macAddress();
        // 5. Ask for an interrupt: a message, or else the line.
        IrqVectors vectors = pdev.allocIrqVectors(1, 1, List.of(IrqKind.MSI, IrqKind.INTX));
        undo.push(vectors::free);
        // 6. Make the network device, with its operations.
        E1000Device device = new E1000Device(chip, pdev, vectors, settings, services);
        device.allocate(mac);
        // 7. Add the polling context.
        device.addNapi();
        undo.push(device::removeNapi);
        // 8. Set address filters and link, so that it is ready to be opened.
        device.prepare();
        // 9. Make it known. Last: from here on it may be opened.
        services.netDevices().register(device.netDevice());
        undo.push(() -> services.netDevices().unregister(device.netDevice()));
    }

    @Override
    public void remove(PciDevice pdev) {
        Unwind undo = taken.remove(pdev.address());
        if (undo != null) {
            undo.run();
        }
    }
}

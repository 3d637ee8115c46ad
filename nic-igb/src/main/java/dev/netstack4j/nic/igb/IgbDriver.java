package dev.netstack4j.nic.igb;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.RandomStream;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.runtime.WorkQueue;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;

/// Takes 82576 devices and lets go of them. Each step of a probe notes how to undo it; a failure undoes all earlier
/// ones in reverse, and so does [#remove].
@Linux("drivers/net/ethernet/intel/igb/igb_main.c#igb_probe")
final class IgbDriver implements PciDriver {
    private static final int REGISTER_BAR = 0;

    private final IgbServices services;
    private final RandomStreams random;
    private final Map<String, Unwind> taken = new TreeMap<>();

    @Inject
    IgbDriver(
            NetDevices netDevices,
            WorkQueue work,
            ControlLock controlLock,
            Cpus cpus,
            Timers timers,
            SkBuffPool pool,
            RandomStreams random,
            PacketReasons reasons) {
        services = new IgbServices(netDevices, work, controlLock, cpus, timers, pool, new IgbReasons(reasons));
        this.random = random;
    }

    @Override
    public void probe(PciDevice pdev, PciId id, Options options) throws NetException {
        IgbSettings settings = IgbOptions.settings(options, services.cpus().count());
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

    private void probe(PciDevice pdev, IgbSettings settings, Unwind undo) throws NetException {
        // 1. Let the device decode its memory and act as bus master.
        pdev.enable();
        undo.push(pdev::disable);
        // 2. Map its registers.
        Chip chip = new Chip(pdev.mapBar(REGISTER_BAR));
        // 3. Reset it: whoever had it before, it does nothing now.
        chip.reset();
        // 4. Read its EEPROM and take the station address from there.
        MacAddress mac = Eeprom.stationAddress(chip.registers());
        // 5. Make the network device, with its operations.
        QueueVectors vectors = new QueueVectors(pdev, services.cpus().count());
        IgbDevice device = new IgbDevice(chip, vectors, settings, key(pdev), services);
        NetDevice netDevice = device.allocate(mac);
        // 6. Ask for interrupts, and add a polling context for each queue pair that they serve.
        vectors.ensure(settings.queues());
        undo.push(vectors::release);
        // 7. Set address filters and link, so that it is ready to be opened.
        device.prepare();
        // 8. Make it known. Last: from here on it may be opened.
        services.netDevices().register(netDevice);
        undo.push(() -> services.netDevices().unregister(netDevice));
    }

    /// A hash key that nobody outside can guess.
    private byte[] key(PciDevice pdev) {
        RandomStream stream = random.stream("igb rss " + pdev.address());
        byte[] key = new byte[RssSettings.KEY_BYTES];
        for (int i = 0; i < key.length; i += 8) {
            long bits = stream.nextLong();
            for (int b = 0; b < 8; b++) {
                key[i + b] = (byte) (bits >>> 8 * b);
            }
        }
        return key;
    }

    @Override
    public void remove(PciDevice pdev) {
        Unwind undo = taken.remove(pdev.address());
        if (undo != null) {
            undo.run();
        }
    }
}

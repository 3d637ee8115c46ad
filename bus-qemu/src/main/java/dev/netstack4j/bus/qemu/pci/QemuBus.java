package dev.netstack4j.bus.qemu.pci;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.PciBus;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.bus.qemu.machine.MachineOptions;
import dev.netstack4j.bus.qemu.machine.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A QEMU for each device, all with the host's memory as theirs. Plugging starts one, unplugging ends it. Each is a PCI
/// domain of its own, so no two devices share an interrupt line.
final class QemuBus implements PciBus {
    private static final int MOST_DEVICES = 64;

    private final BusContext host;
    private final StackRuntime runtime;
    private final String program;
    private final TimeMode time;
    private final Path memory;
    private final @Nullable QemuDevice[] devices = new @Nullable QemuDevice[MOST_DEVICES];

    QemuBus(BusContext host, StackRuntime runtime, String program, TimeMode time, Path memory) {
        this.host = host;
        this.runtime = runtime;
        this.program = program;
        this.time = time;
        this.memory = memory;
    }

    @Override
    public List<String> models() {
        try {
            return Models.of(program);
        } catch (IOException e) {
            System.getLogger(QemuBus.class.getName()).log(System.Logger.Level.WARNING, "QEMU's models are unknown", e);
            return List.of();
        }
    }

    @Override
    public PciDevice plug(String model, Options options, Wire wire) throws NetException {
        int number = freeNumber();
        String address = String.format(Locale.ROOT, "%04x:00:04.0", number);
        TimeMode mode = options.has(QemuBusOps.TIME) ? options.get(QemuBusOps.TIME) : time;
        MachineOptions machine = new MachineOptions(
                program,
                plainWord(model),
                macAddress(options.get(QemuBusOps.MAC), number),
                options.get(QemuBusOps.PROPERTIES),
                mode == TimeMode.WARP,
                memory,
                host.memory().size());
        QemuDevice device =
                QemuDevice.start(host, runtime, address, machine, refused(options.get(QemuBusOps.REFUSE)), wire);
        devices[number] = device;
        return device;
    }

    private int freeNumber() throws NetException {
        for (int n = 0; n < MOST_DEVICES; n++) {
            if (devices[n] == null) {
                return n;
            }
        }
        throw new NetException(Errno.ENODEV, "plug in more than " + MOST_DEVICES + " devices");
    }

    /// A comma would begin a property.
    private static String plainWord(String model) throws NetException {
        if (model.isEmpty() || model.indexOf(',') >= 0) {
            throw new NetException(Errno.EINVAL, "plug in '" + model + "', which is no name of a device");
        }
        return model;
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

    /// A locally administered address from the stack's name and the number, so that every run has the same.
    private MacAddress macAddress(MacAddress given, int number) throws NetException {
        if (given.equals(MacAddress.ZERO)) {
            long hash = 17;
            String name = host.stackName();
            for (int i = 0; i < name.length(); i++) {
                hash = hash * 31 + name.charAt(i);
            }
            return MacAddress.of(0x06L << 40 | (hash & 0xFFFF_FFFFL) << 8 | number);
        }
        if (!given.isValidStation()) {
            throw new NetException(Errno.EADDRNOTAVAIL, "give a network card the address " + given);
        }
        return given;
    }

    @Override
    public void unplug(PciDevice device) {
        for (int n = 0; n < MOST_DEVICES; n++) {
            QemuDevice d = devices[n];
            if (d != null && d == device) {
                devices[n] = null;
                d.close();
            }
        }
    }

    @Override
    public List<PciDevice> devices() {
        List<PciDevice> all = new ArrayList<>();
        for (QemuDevice d : devices) {
            if (d != null) {
                all.add(d);
            }
        }
        return all;
    }

    @Override
    public void close() {
        devices().forEach(this::unplug);
    }
}

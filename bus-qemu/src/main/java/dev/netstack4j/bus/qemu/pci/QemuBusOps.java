package dev.netstack4j.bus.qemu.pci;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.PciBus;
import dev.netstack4j.api.hardware.PciBusOps;
import dev.netstack4j.api.hardware.SharesMemory;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.bus.qemu.machine.Leftovers;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;

/// The bus kind `qemu`.
@SharesMemory
public final class QemuBusOps implements PciBusOps {
    static final Option<String> PROGRAM =
            Option.of("program", OptionTypes.TEXT, "qemu-system-x86_64", "QEMU, a path or a name on the PATH");
    static final Option<TimeMode> TIME = Option.of(
            "time", TimeMode.TYPE, TimeMode.REAL, "real: the device's timers take real time; warp: they fire at once");
    static final Option<MacAddress> MAC = Option.of(
            "mac", OptionTypes.MAC, MacAddress.ZERO, "address of the device; made from stack and number if absent");
    static final Option<String> PROPERTIES =
            Option.of("properties", OptionTypes.TEXT, "", "more properties of the device, as QEMU takes them: a=1,b=2");
    static final Option<String> REFUSE = Option.of(
            "refuse", OptionTypes.TEXT, "", "interrupt kinds that the machine refuses, for tests: msix,msi,intx");

    /// Options of the bus.
    public static final OptionSchema BUS_OPTIONS = OptionSchema.of(PROGRAM, TIME);

    private static final OptionSchema DEVICE_OPTIONS = OptionSchema.of(MAC, PROPERTIES, TIME, REFUSE);

    private final StackRuntime runtime;

    /// Injected.
    @Inject
    public QemuBusOps(StackRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public PciBus create(BusContext context, Options options) throws NetException {
        Path memory = context.memoryFile()
                .orElseThrow(() -> new NetException(
                        Errno.EINVAL,
                        "use bus 'qemu' in a stack whose memory QEMU cannot see; name the bus when the stack is built,"
                                + " by StackBuilder.bus(\"qemu\", options)"));
        try {
            Leftovers.sweep();
        } catch (IOException e) {
            throw new NetException(Errno.EIO, "make bus 'qemu' (" + e.getMessage() + ")", e);
        }
        return new QemuBus(context, runtime, options.get(PROGRAM), options.get(TIME), memory);
    }

    @Override
    public boolean touchesOutside() {
        return true;
    }

    @Override
    public OptionSchema deviceOptions() {
        return DEVICE_OPTIONS;
    }
}

package dev.netstack4j.pci.trace;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciInterposer;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Records each device whose option `trace` names a file.
final class TraceInterposer implements PciInterposer {
    static final Option<String> FILE = Option.of(
            "trace",
            OptionTypes.TEXT,
            "",
            "file for a trace of registers, descriptors and interrupts (docs/faults-and-traces.md)");
    static final OptionSchema SCHEMA = OptionSchema.of(FILE);

    private final Clock clock;

    @Inject
    TraceInterposer(Clock clock) {
        this.clock = clock;
    }

    @Override
    public PciDevice interpose(PciDevice device, String bus, Options options) throws NetException {
        String file = options.get(FILE);
        if (file.isEmpty()) {
            return device;
        }
        try {
            Chip chip = Chips.of(device.id());
            Recorder recorder = new Recorder(Path.of(file), clock);
            recorder.comment("netstack4j register trace 1");
            recorder.comment("chip " + chip.name() + " bus " + bus + " device " + device.id());
            return new TracedDevice(device, chip, recorder);
        } catch (IOException | InvalidPathException e) {
            throw new NetException(Errno.EIO, "write the register trace " + file + " (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public void unplugged(PciDevice interposed) {
        if (interposed instanceof TracedDevice traced) {
            traced.close();
        }
    }
}

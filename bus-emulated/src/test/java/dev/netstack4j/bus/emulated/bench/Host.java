package dev.netstack4j.bus.emulated.bench;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.api.hardware.PciBus;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Engines;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.bus.emulated.cable.CableOps;
import dev.netstack4j.bus.emulated.pci.EmulatedBusOps;
import dev.netstack4j.testkit.fake.FakeRandom;
import dev.netstack4j.testkit.fake.FakeSync;
import dev.netstack4j.testkit.fake.FakeTime;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One host without a stack: memory, time, engines, interrupts, and an emulated bus.
public final class Host implements BusContext, WireContext {
    public final FakeTime time;
    public final StepEngines engines;
    public final List<RecordedIrq> irqs = new ArrayList<>();
    private final PhysicalMemory memory = new PhysicalMemory(Arena.ofAuto().allocate(8 << 20, 65536), 0);
    private final FakeSync sync = new FakeSync();
    private final SharedRuntime runtime;
    private final FakeRandom random = new FakeRandom(7);
    private final String name;
    private final EmulatedBusOps busOps = new EmulatedBusOps();
    public final PciBus bus;

    /// A host of its own.
    public Host() {
        this("host", new SharedRuntime(), "identity");
    }

    /// A host of a runtime.
    public Host(String name, SharedRuntime runtime, String dma) {
        this.name = name;
        this.runtime = runtime;
        this.time = runtime.time;
        this.engines = runtime.engines;
        this.bus = busOps.create(
                this, EmulatedBusOps.BUS_OPTIONS.values().set("dma", dma).build());
    }

    /// Plugs in an 82540EM.
    ///
    /// @param options name, value, name, value ...
    public PciDevice plug(Wire wire, String... options) throws NetException {
        return plugModel("82540em", wire, options);
    }

    /// Plugs in a chip of any model.
    public PciDevice plugModel(String model, Wire wire, String... options) throws NetException {
        return bus.plug(model, options(options), wire);
    }

    public Options options(String... options) {
        Options.Builder b = busOps.deviceOptions().values();
        for (int i = 0; i < options.length; i += 2) {
            b.set(options[i], options[i + 1]);
        }
        return b.build();
    }

    /// An end of a cable.
    public Wire cable(String... options) throws NetException {
        Options.Builder b = CableOps.OPTIONS.values();
        for (int i = 0; i < options.length; i += 2) {
            b.set(options[i], options[i + 1]);
        }
        return new CableOps().create(this, b.build());
    }

    /// The interrupt whose name ends so.
    public RecordedIrq irq(String end) {
        return irqs.stream().filter(i -> i.name.endsWith(end)).findFirst().orElseThrow();
    }

    @Override
    public PhysicalMemory memory() {
        return memory;
    }

    @Override
    public Optional<Path> memoryFile() {
        return Optional.empty();
    }

    @Override
    public IrqLine newIrq(String irqName) {
        RecordedIrq irq = new RecordedIrq(irqName, time);
        irqs.add(irq);
        return irq;
    }

    @Override
    public StackRuntime runtime() {
        return runtime;
    }

    @Override
    public Engines engines() {
        return engines;
    }

    @Override
    public Clock clock() {
        return time;
    }

    @Override
    public Sync sync() {
        return sync;
    }

    @Override
    public RandomStreams random() {
        return random;
    }

    @Override
    public Cpus cpus() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String stackName() {
        return name;
    }
}

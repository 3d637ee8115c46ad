package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.api.hardware.PciBusOps;
import dev.netstack4j.api.hardware.SharesMemory;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Engines;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.testkit.kit.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A bus that the kit drives itself: what it gets from its stack, with interrupts that are only counted.
public final class LabBus implements BusContext {
    private final Stack stack;
    private @Nullable SharedFile shared;
    private int lines;

    /// What a bus of `stack` gets.
    public LabBus(Stack stack) {
        this.stack = stack;
    }

    /// Gives the bus memory of its own that other processes can map, if that is what it needs.
    public void shareMemory(PciBusOps ops, Trial trial) throws IOException {
        if (ops.getClass().isAnnotationPresent(SharesMemory.class)) {
            SharedFile file = new SharedFile(LabPlan.MEMORY);
            trial.atEnd(file::close);
            shared = file;
        }
    }

    /// The bus kind of a module, made as core makes it.
    public PciBusOps ops(StackModule module, String kind) {
        return new Injection(stack::service).make(module, Declared.bus(module, kind));
    }

    /// The options of a bus kind.
    public OptionSchema busSchema(StackModule module, String kind) {
        return Declared.busSchema(module, kind);
    }

    /// Values of options given as text; those of other schemas are left out.
    public static Options options(OptionSchema schema, Map<String, String> texts) {
        Options.Builder b = schema.values();
        texts.forEach((name, text) -> {
            if (schema.find(name) != null) {
                b.set(name, text);
            }
        });
        return b.build();
    }

    /// Interrupt lines that are not given back.
    public int lines() {
        return lines;
    }

    @Override
    public PhysicalMemory memory() {
        SharedFile file = shared;
        return file != null ? file.memory() : stack.service(PhysicalMemory.class);
    }

    @Override
    public Optional<Path> memoryFile() {
        return Optional.ofNullable(shared).map(SharedFile::path);
    }

    @Override
    public IrqLine newIrq(String name) {
        lines++;
        return new Line();
    }

    @Override
    public Engines engines() {
        return stack.service(Engines.class);
    }

    @Override
    public Clock clock() {
        return stack.runtime().clock();
    }

    @Override
    public Sync sync() {
        return stack.service(Sync.class);
    }

    @Override
    public String stackName() {
        return stack.name();
    }

    private final class Line implements IrqLine, Irq {
        private boolean released;
        private int affinity;
        private long raised;

        @Override
        public Irq irq() {
            return this;
        }

        @Override
        public void raise() {
            raised++;
        }

        @Override
        public void level(boolean high) {
            raised += high ? 1 : 0;
        }

        @Override
        public void release() {
            lines -= released ? 0 : 1;
            released = true;
        }

        @Override
        public int number() {
            return 0;
        }

        @Override
        public void request(String name, IrqHandler handler, boolean shared) throws NetException {
            // the kit's interrupts are only counted
        }

        @Override
        public void free(IrqHandler handler) {}

        @Override
        public void affinity(int cpuId) {
            affinity = cpuId;
        }

        @Override
        public int affinity() {
            return affinity;
        }

        @Override
        public long count() {
            return raised;
        }
    }
}

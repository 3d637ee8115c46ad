package dev.netstack4j.testkit.kit.bus;

import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.testkit.kit.Subject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// A kind of PCI bus to be judged with one of its models.
/// ```java
/// PciBusSubject.of(new BusEmulatedModule(), "emulated", "82540em").interrupts(IrqKind.MSI, IrqKind.INTX);
/// ```
public final class PciBusSubject implements Subject {
    private final StackModule module;
    private final String kind;
    private final String model;
    private final Map<String, String> options = new TreeMap<>();
    private List<IrqKind> interrupts = List.of(IrqKind.INTX);
    private @Nullable StackModule driver;
    private LongFunction<StackRuntime> runtime = seed -> StackFactory.find().virtualTime(seed);
    private boolean isInRealTime;

    private PciBusSubject(StackModule module, String kind, String model) {
        this.module = module;
        this.kind = kind;
        this.model = model;
    }

    /// A kind of bus and a model of it.
    public static PciBusSubject of(StackModule module, String kind, String model) {
        return new PciBusSubject(module, kind, model);
    }

    /// Kinds of interrupts that the model has.
    public PciBusSubject interrupts(IrqKind... kinds) {
        interrupts = List.of(kinds);
        return this;
    }

    /// Sets an option of the bus, the device or the driver.
    public PciBusSubject option(String name, String value) {
        options.put(name, value);
        return this;
    }

    /// A driver of the model, with which the bus shows that it moves data.
    public PciBusSubject driver(StackModule brings) {
        driver = brings;
        return this;
    }

    /// Time and threads, by seed: real time. Virtual time without it.
    public PciBusSubject runtime(LongFunction<StackRuntime> maker) {
        runtime = maker;
        isInRealTime = true;
        return this;
    }

    @Override
    public boolean isInRealTime() {
        return isInRealTime;
    }

    @Override
    public String module() {
        return module.name();
    }

    StackModule stackModule() {
        return module;
    }

    String kind() {
        return kind;
    }

    String model() {
        return model;
    }

    Map<String, String> options() {
        return options;
    }

    List<IrqKind> interrupts() {
        return interrupts;
    }

    @Nullable
    StackModule driver() {
        return driver;
    }

    StackRuntime newRuntime(long seed) {
        return runtime.apply(seed);
    }
}

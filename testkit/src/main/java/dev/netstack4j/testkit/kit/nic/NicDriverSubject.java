package dev.netstack4j.testkit.kit.nic;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.testkit.kit.Subject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// A driver to be judged: its module, the device that it is to drive, and what it can do.
/// ```java
/// NicDriverSubject.pci(new E1000Module(), "emulated", "82540em")
///         .can(SCATTER_GATHER, CHECKSUM, RX_CHECKSUM, VLAN, LINK_DETECTION)
///         .option("rx", "80");
/// ```
public final class NicDriverSubject implements Subject {
    private final String module;
    private final @Nullable StackModule driver;
    private final @Nullable SoftwareDevice software;
    private final String bus;
    private final String model;
    private final List<StackModule> others = new ArrayList<>();
    private final Map<String, String> options = new TreeMap<>();
    private final Map<String, String> unjudgeable = new TreeMap<>();
    private final Set<NicAbility> abilities = EnumSet.noneOf(NicAbility.class);
    private LongFunction<StackRuntime> runtime = seed -> StackFactory.find().virtualTime(seed);
    private boolean isInRealTime;

    /// Makes and registers a device that has no bus.
    @FunctionalInterface
    public interface SoftwareDevice {
        /// Makes it. Process context under the control lock.
        ///
        /// @param services where it takes what a driver would have injected
        /// @param wire     where its frames go; it attaches itself
        /// @return what takes it away again
        Runnable make(Services services, Wire wire) throws NetException;
    }

    /// Services of the stack.
    @FunctionalInterface
    public interface Services {
        /// The service of that type.
        <T> T get(Class<T> type);
    }

    private NicDriverSubject(
            String module, @Nullable StackModule driver, @Nullable SoftwareDevice software, String bus, String model) {
        this.module = module;
        this.driver = driver;
        this.software = software;
        this.bus = bus;
        this.model = model;
    }

    /// The driver of a PCI device.
    ///
    /// @param driver the module that contributes it
    /// @param bus    kind of the bus; the module that brings it is found on the class path, unless given with [#with]
    /// @param model  of the device
    public static NicDriverSubject pci(StackModule driver, String bus, String model) {
        return new NicDriverSubject(driver.name(), driver, null, bus, model);
    }

    /// A device in software.
    ///
    /// @param module that brings it, for its api version
    public static NicDriverSubject software(String module, SoftwareDevice device) {
        return new NicDriverSubject(module, null, device, "", "");
    }

    /// Declares abilities.
    public NicDriverSubject can(NicAbility... more) {
        abilities.addAll(List.of(more));
        return this;
    }

    /// Sets an option of the device or its driver.
    public NicDriverSubject option(String name, String value) {
        options.put(name, value);
        return this;
    }

    /// Says that a rule cannot be judged on this device or its bus, and why: it shows as skipped.
    public NicDriverSubject cannotJudge(String ruleId, String reason) {
        unjudgeable.put(ruleId, reason);
        return this;
    }

    @Override
    public @Nullable String unjudgeable(String ruleId) {
        return unjudgeable.get(ruleId);
    }

    /// Adds a module to the stack.
    public NicDriverSubject with(StackModule other) {
        others.add(other);
        return this;
    }

    /// Time and threads, by seed; virtual time by default. A bus that touches the outside needs real time.
    public NicDriverSubject runtime(LongFunction<StackRuntime> maker) {
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
        return module;
    }

    boolean can(NicAbility ability) {
        return abilities.contains(ability);
    }

    @Nullable
    StackModule driver() {
        return driver;
    }

    @Nullable
    SoftwareDevice software() {
        return software;
    }

    String bus() {
        return bus;
    }

    String model() {
        return model;
    }

    List<StackModule> others() {
        return others;
    }

    Map<String, String> options() {
        return options;
    }

    StackRuntime newRuntime(long seed) {
        return runtime.apply(seed);
    }

    @Override
    public String toString() {
        return module + (model.isEmpty() ? "" : " on " + bus + " " + model);
    }
}

package dev.netstack4j.testkit.kit.wire;

import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.testkit.kit.Subject;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/// A kind of wire to be judged: its module, how two ends of one wire are made, and what it can do.
/// ```java
/// WireSubject.of(new BusEmulatedModule(), "cable")
///         .ends(Map.of("name", "c"), Map.of("name", "c"))
///         .can(WireAbility.LINK_DETECTION, WireAbility.FLOW_CONTROL);
/// ```
public final class WireSubject implements Subject {
    private final StackModule module;
    private final String kind;
    private final Set<WireAbility> abilities = EnumSet.noneOf(WireAbility.class);
    private List<Map<String, String>> ends = List.of(Map.of(), Map.of());
    private List<Map<String, String>> others = List.of();
    private LongFunction<StackRuntime> runtime = seed -> StackFactory.find().virtualTime(seed);
    private boolean isInRealTime;

    private WireSubject(StackModule module, String kind) {
        this.module = module;
        this.kind = kind;
    }

    /// A kind of wire that a module brings.
    public static WireSubject of(StackModule module, String kind) {
        return new WireSubject(module, kind);
    }

    /// Options of the two ends of one wire.
    public WireSubject ends(Map<String, String> near, Map<String, String> far) {
        ends = List.of(near, far);
        return this;
    }

    /// Options of the two ends of another wire, which may exist beside the first.
    public WireSubject other(Map<String, String> near, Map<String, String> far) {
        others = List.of(near, far);
        return this;
    }

    /// Declares abilities.
    public WireSubject can(WireAbility... more) {
        abilities.addAll(List.of(more));
        return this;
    }

    /// Time and threads, by seed; virtual time by default. A wire that touches the outside needs real time.
    public WireSubject runtime(LongFunction<StackRuntime> maker) {
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

    List<Map<String, String>> ends() {
        return ends;
    }

    List<Map<String, String>> others() {
        return others;
    }

    boolean can(WireAbility ability) {
        return abilities.contains(ability);
    }

    StackRuntime newRuntime(long seed) {
        return runtime.apply(seed);
    }
}

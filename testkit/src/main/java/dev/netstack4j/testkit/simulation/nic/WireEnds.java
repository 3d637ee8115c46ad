package dev.netstack4j.testkit.simulation.nic;

import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.runtime.StackRuntime;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Ends of simulated links that wait for a stack to take them, by name. One for each runtime.
public final class WireEnds {
    private final Map<String, Wire> ends = new TreeMap<>();

    private WireEnds() {}

    /// Those of a runtime.
    public static WireEnds of(StackRuntime runtime) {
        return runtime.shared(WireEnds.class, "simulated links", WireEnds::new);
    }

    /// Lays an end out under a name that is not in use.
    public void offer(String name, Wire end) {
        ends.put(name, end);
    }

    @Nullable
    Wire take(String name) {
        return ends.remove(name);
    }
}

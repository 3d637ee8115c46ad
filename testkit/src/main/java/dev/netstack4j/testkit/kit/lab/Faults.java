package dev.netstack4j.testkit.kit.lab;

import java.util.EnumMap;
import java.util.Map;

/// Lets the n-th use of a resource fail. Any thread.
public final class Faults {
    /// What can fail.
    public enum Resource {
        /// Enabling a PCI device.
        ENABLE,
        /// Mapping a base address register.
        BAR,
        /// Interrupt vectors.
        VECTORS,
        /// A handler for an interrupt.
        REQUEST,
        /// Memory for rings.
        COHERENT,
        /// Mapping a buffer.
        MAP
    }

    private static final class Plan {
        int used;
        int from = Integer.MAX_VALUE;
        int to = Integer.MAX_VALUE;
    }

    private final Map<Resource, Plan> plans = new EnumMap<>(Resource.class);

    /// Nothing fails.
    public Faults() {
        for (Resource r : Resource.values()) {
            plans.put(r, new Plan());
        }
    }

    private Plan plan(Resource r) {
        Plan p = plans.get(r);
        if (p == null) {
            throw new IllegalStateException("no plan for " + r);
        }
        return p;
    }

    /// Lets uses `from` to `to` fail, counted from 0 and from now.
    public synchronized void fail(Resource r, int from, int to) {
        Plan p = plan(r);
        p.used = 0;
        p.from = from;
        p.to = to;
    }

    /// Lets nothing fail, and counts from 0 again.
    public synchronized void none() {
        for (Plan p : plans.values()) {
            p.used = 0;
            p.from = Integer.MAX_VALUE;
            p.to = Integer.MAX_VALUE;
        }
    }

    /// How often it was used since counting began.
    public synchronized int used(Resource r) {
        return plan(r).used;
    }

    /// Counts a use.
    ///
    /// @return whether it must fail
    synchronized boolean use(Resource r) {
        Plan p = plan(r);
        int n = p.used++;
        return n >= p.from && n <= p.to;
    }
}

package dev.netstack4j.core.net.netfilter;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.netfilter.HookPoint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The hooks of each family and point, by priority, then by the order of adding. Chains are immutable and published as
/// a whole; changed under the control lock.
@Singleton
public final class HookChains {
    private static final int FAMILIES = 64;
    private static final int POINTS = HookPoint.values().length;

    private volatile HookEntry[] @Nullable [] chains = new HookEntry[FAMILIES * POINTS] @Nullable [];

    /// Injected.
    @Inject
    public HookChains() {}

    private static int indexOf(AddressFamily family, HookPoint point) {
        return family.number() * POINTS + point.ordinal();
    }

    /// The hooks at a point; null when there are none.
    public HookEntry @Nullable [] at(AddressFamily family, HookPoint point) {
        return chains[indexOf(family, point)];
    }

    /// Adds a hook.
    public void add(AddressFamily family, HookPoint point, HookEntry entry) {
        List<HookEntry> longer = present(family, point);
        int at = 0;
        while (at < longer.size() && longer.get(at).priority() <= entry.priority()) {
            at++;
        }
        longer.add(at, entry);
        publish(family, point, longer);
    }

    /// Takes a hook out.
    public void remove(AddressFamily family, HookPoint point, HookEntry entry) {
        List<HookEntry> shorter = present(family, point);
        if (shorter.remove(entry)) {
            publish(family, point, shorter);
        }
    }

    private List<HookEntry> present(AddressFamily family, HookPoint point) {
        HookEntry[] now = at(family, point);
        return now == null ? new ArrayList<>() : new ArrayList<>(Arrays.asList(now));
    }

    private void publish(AddressFamily family, HookPoint point, List<HookEntry> entries) {
        HookEntry[] @Nullable [] next = chains.clone();
        next[indexOf(family, point)] = entries.isEmpty() ? null : entries.toArray(HookEntry[]::new);
        chains = next;
    }
}

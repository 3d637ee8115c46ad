package dev.netstack4j.core.net;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.device.DeviceEvent;
import dev.netstack4j.api.device.DeviceNotifier;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.neighbour.NeighbourOps;
import dev.netstack4j.api.neighbour.NeighbourTable;
import dev.netstack4j.api.neighbour.NeighbourTables;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.spi.Lifecycle;
import dev.netstack4j.core.net.device.DeviceNotifiers;
import dev.netstack4j.core.net.failure.HandlerFailures;
import dev.netstack4j.core.net.neighbour.NeighbourCache;
import dev.netstack4j.core.net.neighbour.NeighbourServices;
import dev.netstack4j.core.registry.Contributed;
import dev.netstack4j.core.registry.ContributionTable;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/// The neighbour caches of one stack, one per family, made when first asked for. A device that goes down or changes its
/// address takes its neighbours with it.
@Singleton
public final class NeighbourCaches implements NeighbourTables, DeviceNotifier, Lifecycle {
    private final NeighbourServices services;
    private final ContributionTable contributions;
    private final HandlerFailures failures;
    private final Cpus cpus;
    private volatile List<NeighbourCache> caches = List.of();

    /// Injected.
    @Inject
    public NeighbourCaches(
            NeighbourServices services,
            ContributionTable contributions,
            HandlerFailures failures,
            DeviceNotifiers notifiers,
            Cpus cpus) {
        this.services = services;
        this.contributions = contributions;
        this.failures = failures;
        this.cpus = cpus;
        table(AddressFamily.INET);
        table(AddressFamily.INET6);
        notifiers.add(this, "core");
    }

    /// Learns how each family's neighbours are asked for.
    @Override
    public void start() {
        for (NeighbourCache cache : caches) {
            Contributed<NeighbourOps> c = contributions.find(NeighbourOps.POINT, NeighbourOps.key(cache.family()));
            if (c != null) {
                cache.ops(c.instance(), failures.of(c.owner()));
            }
        }
    }

    @Override
    public NeighbourTable table(AddressFamily family) {
        for (NeighbourCache c : caches) {
            if (c.family().equals(family)) {
                return c;
            }
        }
        return make(family);
    }

    /// Constructors and start-up only: families that nobody asked for by then have no neighbours.
    private NeighbourCache make(AddressFamily family) {
        NeighbourCache made = new NeighbourCache(family, services, cpus.count());
        List<NeighbourCache> longer = new ArrayList<>(caches);
        longer.add(made);
        caches = List.copyOf(longer);
        return made;
    }

    @Override
    public void changed(NetDevice device, DeviceEvent event) {
        if (event != DeviceEvent.DOWN && event != DeviceEvent.ADDRESS && event != DeviceEvent.UNREGISTER) {
            return;
        }
        Cpu cpu = cpus.enter();
        try {
            caches.forEach(c -> c.flush(device, cpu));
        } finally {
            cpus.leave(cpu);
        }
    }
}

package dev.netstack4j.core.net;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.link.PacketTypes;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.spi.Lifecycle;
import dev.netstack4j.core.net.failure.HandlerFailures;
import dev.netstack4j.core.net.receive.HandlerEntry;
import dev.netstack4j.core.net.receive.HandlerRegistry;
import dev.netstack4j.core.registry.Contributed;
import dev.netstack4j.core.registry.ContributionTable;
import dev.netstack4j.core.registry.CorePoints;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Who receives which EtherType: contributed handlers from the start, others added and removed under traffic.
@Singleton
public final class PacketTypeTable implements PacketTypes, Lifecycle {
    private final HandlerRegistry registry;
    private final ContributionTable contributions;
    private final HandlerFailures failures;
    private final ControlLock control;
    private final Cpus cpus;

    /// Injected.
    @Inject
    public PacketTypeTable(
            HandlerRegistry registry,
            ContributionTable contributions,
            HandlerFailures failures,
            ControlLock control,
            Cpus cpus) {
        this.registry = registry;
        this.contributions = contributions;
        this.failures = failures;
        this.control = control;
        this.cpus = cpus;
    }

    /// Loads the handlers that modules contribute.
    @Override
    public void start() {
        for (Contributed<PacketHandler> c : contributions.all(CorePoints.PACKET_TYPE)) {
            insert(Integer.decode(c.key()), null, c.instance(), c.owner());
        }
    }

    @Override
    @Linux("net/core/dev.c#dev_add_pack")
    public Registration add(int etherType, @Nullable NetDevice device, PacketHandler handler, String owner) {
        HandlerEntry entry;
        control.lock();
        try {
            entry = insert(etherType, device, handler, owner);
        } finally {
            control.unlock();
        }
        return new Entry(this, entry);
    }

    private HandlerEntry insert(int etherType, @Nullable NetDevice device, PacketHandler handler, String owner) {
        if (device == null && etherType != EtherType.ALL) {
            checkFree(etherType, owner);
        }
        HandlerEntry entry = new HandlerEntry(etherType, device, handler, failures.of(owner));
        registry.add(entry);
        return entry;
    }

    private void checkFree(int etherType, String owner) {
        HandlerEntry present = registry.owner(etherType);
        if (present != null) {
            throw new IllegalStateException("EtherType " + CorePoints.etherType(etherType) + " belongs to "
                    + present.owner() + "; " + owner + " cannot have it too");
        }
    }

    @Linux("net/core/dev.c#dev_remove_pack")
    private void remove(HandlerEntry entry) {
        control.lock();
        try {
            registry.remove(entry);
        } finally {
            control.unlock();
        }
        cpus.synchronizeNet();
    }

    /// What [#add] returns.
    private record Entry(PacketTypeTable table, HandlerEntry handler) implements Registration {
        @Override
        public void close() {
            table.remove(handler);
        }
    }
}

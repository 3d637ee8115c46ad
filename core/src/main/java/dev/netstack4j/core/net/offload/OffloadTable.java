package dev.netstack4j.core.net.offload;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.PacketOffload;
import dev.netstack4j.api.spi.Lifecycle;
import dev.netstack4j.core.net.failure.HandlerFailures;
import dev.netstack4j.core.registry.Contributed;
import dev.netstack4j.core.registry.ContributionTable;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The offloads of all EtherTypes. There are few of them, so a walk along the array finds one.
@Singleton
@Linux("net/core/gro.c#offload_base")
public final class OffloadTable implements Lifecycle {
    private final ContributionTable contributions;
    private final HandlerFailures failures;
    private volatile OffloadEntry[] entries = {};

    /// Injected.
    @Inject
    public OffloadTable(ContributionTable contributions, HandlerFailures failures) {
        this.contributions = contributions;
        this.failures = failures;
    }

    /// Loads what modules contribute.
    @Override
    public void start() {
        List<OffloadEntry> found = new ArrayList<>();
        for (Contributed<PacketOffload> c : contributions.all(PacketOffload.LINK)) {
            int etherType = Integer.decode(c.key());
            found.add(new OffloadEntry(etherType, c.instance(), failures.of(c.owner())));
        }
        entries = found.toArray(new OffloadEntry[0]);
    }

    /// The offload of an EtherType, or null.
    @Nullable
    OffloadEntry find(int etherType) {
        for (OffloadEntry e : entries) {
            if (e.etherType() == etherType) {
                return e;
            }
        }
        return null;
    }
}

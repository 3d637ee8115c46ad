package dev.netstack4j.core.net.neighbour;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.api.statistics.Counters;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// What every neighbour needs.
@Singleton
public final class NeighbourServices {
    final LinkLayer link;
    final Timers timers;
    final Sync sync;
    final RandomStreams random;
    final Sysctls sysctls;
    final Counter headerBuilds;
    final Counter solicits;
    final Counter failures;
    final Counter discards;
    final Counter overflows;
    final DropReason queueFull;
    final DropReason unreachable;
    final DropReason gone;
    final DropReason noMemory;
    final ConsumeReason shown;

    /// Injected.
    @Inject
    public NeighbourServices(
            LinkLayer link,
            Timers timers,
            Sync sync,
            RandomStreams random,
            Sysctls sysctls,
            Counters counters,
            PacketReasons reasons) {
        this.link = link;
        this.timers = timers;
        this.sync = sync;
        this.random = random;
        this.sysctls = sysctls;
        headerBuilds = counters.counter("Neigh.HeaderBuilds");
        solicits = counters.counter("Neigh.Solicits");
        failures = counters.counter("Neigh.ResolveFailed");
        discards = counters.counter("Neigh.UnresolvedDiscards");
        overflows = counters.counter("Neigh.TableFulls");
        queueFull = reasons.drop("NEIGH_QUEUE_FULL", "too many packets waited for a link-layer address");
        unreachable = reasons.drop("NEIGH_FAILED", "the neighbour did not answer");
        gone = reasons.drop("NEIGH_DEAD", "the neighbour was forgotten");
        noMemory = reasons.drop("NEIGH_NO_MEMORY", "no memory for a link header");
        shown = reasons.consume("NEIGH_SHOWN", "a question was asked because of it");
    }
}

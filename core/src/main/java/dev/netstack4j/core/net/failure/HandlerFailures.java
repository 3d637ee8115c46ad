package dev.netstack4j.core.net.failure;

import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.statistics.Counters;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;

/// Makes [FailureSite]s, with one drop reason and one counter for each module.
@Singleton
public final class HandlerFailures {
    private static final String OWN_PACKAGES = "dev.netstack4j.";

    private final PacketReasons reasons;
    private final Counters counters;

    /// Injected.
    @Inject
    public HandlerFailures(PacketReasons reasons, Counters counters) {
        this.reasons = reasons;
        this.counters = counters;
    }

    /// Around code of the module `owner`, whose first word is its name: `proto-arp 0.1.0`.
    public FailureSite of(String owner) {
        String module = owner.isBlank() ? "unknown" : owner.strip().split(" ", 2)[0];
        String name =
                "HANDLER_FAILED_" + module.replaceAll("[^A-Za-z0-9]+", "_").toUpperCase(Locale.ROOT);
        return new FailureSite(
                owner, reasons.drop(name, "code of " + module + " threw"), counters.counter("Failures." + module));
    }

    /// Around code of an object whose module is told by its package alone.
    public FailureSite ofObject(Object extension) {
        String name = extension.getClass().getPackageName();
        return of(
                name.startsWith(OWN_PACKAGES)
                        ? name.substring(OWN_PACKAGES.length()).replace('.', '-')
                        : name);
    }
}

package dev.netstack4j.core.stack;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.protocol.InetControl;
import dev.netstack4j.api.protocol.InetFamilies;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.spi.PlugPoint;
import dev.netstack4j.core.registry.Contributed;
import dev.netstack4j.core.registry.ContributionTable;
import dev.netstack4j.core.registry.CorePoints;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Address families, as modules contributed them.
final class InetFamilyTable implements InetFamilies {
    private final ContributionTable contributions;

    @Inject
    InetFamilyTable(ContributionTable contributions) {
        this.contributions = contributions;
    }

    @Override
    public @Nullable InetFamilyOps find(AddressFamily family) {
        return object(CorePoints.INET_FAMILY, family.toString());
    }

    @Override
    public @Nullable InetControl control(AddressFamily family) {
        return object(InetControl.POINT, InetControl.key(family));
    }

    private <T> @Nullable T object(PlugPoint<T> point, String key) {
        Contributed<T> found = contributions.find(point, key);
        return found == null ? null : found.instance();
    }
}

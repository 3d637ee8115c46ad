package dev.netstack4j.proto.udp.input;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.protocol.InetFamilies;
import dev.netstack4j.api.protocol.InetFamilyOps;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// The network layer below UDP, found on first use.
public final class Network {
    private final InetFamilies families;
    private volatile @Nullable InetFamilyOps inet;

    /// Over the stack's families.
    @Inject
    public Network(InetFamilies families) {
        this.families = families;
    }

    /// IPv4.
    ///
    /// @throws IllegalStateException when the stack has none
    public InetFamilyOps inet() {
        InetFamilyOps known = inet;
        if (known == null) {
            known = families.find(AddressFamily.INET);
            if (known == null) {
                throw new IllegalStateException("UDP has no IPv4 below it");
            }
            inet = known;
        }
        return known;
    }
}

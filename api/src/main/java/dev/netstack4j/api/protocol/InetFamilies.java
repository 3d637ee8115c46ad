package dev.netstack4j.api.protocol;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.doc.ProvidedByCore;
import org.jspecify.annotations.Nullable;

/// The address families of one stack. Usable after assembly (from [dev.netstack4j.api.spi.Lifecycle#start] on).
@ProvidedByCore
public interface InetFamilies {
    /// The network layer of a family, or null when no module contributes it.
    @Nullable
    InetFamilyOps find(AddressFamily family);

    /// The control plane of a family, or null when no module contributes it.
    @Nullable
    InetControl control(AddressFamily family);
}

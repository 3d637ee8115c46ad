package dev.netstack4j.api.netfilter;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import org.jspecify.annotations.Nullable;

/// Where a packet stands when hooks see it. Valid during the call.
@ProvidedByCore
@Linux("include/linux/netfilter.h#nf_hook_state")
public interface HookState {
    /// The hook point.
    HookPoint point();

    /// The packet's family.
    AddressFamily family();

    /// The device it came from; null when this host made it.
    @Nullable
    NetDevice in();

    /// The device it will leave by; null when it is not known or stays here.
    @Nullable
    NetDevice out();
}

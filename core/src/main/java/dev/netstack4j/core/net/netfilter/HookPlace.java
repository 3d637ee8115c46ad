package dev.netstack4j.core.net.netfilter;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.HookState;
import org.jspecify.annotations.Nullable;

/// Where a packet stands; re-used, one for each depth of nesting on each CPU.
final class HookPlace implements HookState {
    private HookPoint point = HookPoint.PRE_ROUTING;
    private AddressFamily family = AddressFamily.UNSPEC;
    private @Nullable NetDevice in;
    private @Nullable NetDevice out;

    HookPlace set(HookPoint newPoint, AddressFamily newFamily, @Nullable NetDevice newIn, @Nullable NetDevice newOut) {
        point = newPoint;
        family = newFamily;
        in = newIn;
        out = newOut;
        return this;
    }

    @Override
    public HookPoint point() {
        return point;
    }

    @Override
    public AddressFamily family() {
        return family;
    }

    @Override
    public @Nullable NetDevice in() {
        return in;
    }

    @Override
    public @Nullable NetDevice out() {
        return out;
    }
}

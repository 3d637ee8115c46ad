package dev.netstack4j.proto.tcp.congestion;

import dev.netstack4j.api.congestion.CongestionControl;
import dev.netstack4j.api.congestion.CongestionOps;
import jakarta.inject.Inject;

/// The kind `cubic`.
public final class CubicOps implements CongestionOps {
    /// One per stack.
    @Inject
    public CubicOps() {}

    @Override
    public CongestionControl create() {
        return new Cubic();
    }
}

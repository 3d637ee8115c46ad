package dev.netstack4j.proto.tcp.congestion;

import dev.netstack4j.api.congestion.CongestionControl;
import dev.netstack4j.api.congestion.CongestionOps;
import jakarta.inject.Inject;

/// The kind `reno`.
public final class RenoOps implements CongestionOps {
    /// One per stack.
    @Inject
    public RenoOps() {}

    @Override
    public CongestionControl create() {
        return new Reno();
    }
}

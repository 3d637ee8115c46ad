package dev.netstack4j.congestion.dctcp;

import dev.netstack4j.api.congestion.CongestionControl;
import dev.netstack4j.api.congestion.CongestionOps;
import jakarta.inject.Inject;

/// The kind `dctcp`.
final class DctcpOps implements CongestionOps {
    @Inject
    DctcpOps() {}

    @Override
    public boolean needsEcn() {
        return true;
    }

    @Override
    public CongestionControl create() {
        return new Dctcp();
    }
}

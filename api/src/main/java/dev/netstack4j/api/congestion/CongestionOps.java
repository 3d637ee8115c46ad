package dev.netstack4j.api.congestion;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.spi.PlugPoint;

/// A kind of congestion control; one per stack. The key of the contribution is the name that
/// TCP_CONGESTION takes (CC-16).
@ImplementedByExtensions
public interface CongestionOps {
    /// Where kinds are contributed.
    PlugPoint<CongestionOps> POINT = PlugPoint.exclusive("congestion-control", CongestionOps.class);

    /// Makes the algorithm of one connection, with state of its own (CC-12).
    CongestionControl create();
}

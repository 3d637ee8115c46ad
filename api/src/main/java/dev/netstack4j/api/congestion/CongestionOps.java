package dev.netstack4j.api.congestion;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.spi.PlugPoint;

/// A kind of congestion control; one per stack. The key of the contribution is the name that
/// TCP_CONGESTION takes (CC-16).
@ImplementedByExtensions
public interface CongestionOps {
    /// Where kinds are contributed.
    PlugPoint<CongestionOps> POINT = PlugPoint.exclusive("congestion-control", CongestionOps.class);

    /// Whether it works by marks: its connections ask for ECN whatever the settings say, every packet of theirs can be
    /// marked, and it alone says what acknowledgements echo ([CongestionState#echo]). When the peer does not take part,
    /// [CongestionState#ecn] is false, and the algorithm must make do with losses.
    @Linux("include/net/tcp.h#TCP_CONG_NEEDS_ECN")
    default boolean needsEcn() {
        return false;
    }

    /// Makes the algorithm of one connection, with state of its own (CC-12).
    CongestionControl create();
}

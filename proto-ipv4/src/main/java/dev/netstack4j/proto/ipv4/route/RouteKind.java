package dev.netstack4j.proto.ipv4.route;

import dev.netstack4j.api.doc.Linux;

/// What a route leads to.
@Linux("include/uapi/linux/rtnetlink.h#RTN_UNICAST")
public enum RouteKind {
    /// A host on the link or a gateway.
    UNICAST,
    /// This host.
    LOCAL,
    /// Everybody on a link.
    BROADCAST,
    /// A group.
    MULTICAST
}

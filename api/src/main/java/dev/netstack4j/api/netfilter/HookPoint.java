package dev.netstack4j.api.netfilter;

import dev.netstack4j.api.doc.Linux;

/// The five places at which hooks see a packet.
@Linux("include/uapi/linux/netfilter.h#nf_inet_hooks")
public enum HookPoint {
    /// Received and valid, before routing.
    PRE_ROUTING,
    /// For this host, before the transport.
    LOCAL_IN,
    /// Passing through.
    FORWARD,
    /// Made by this host.
    LOCAL_OUT,
    /// About to leave.
    POST_ROUTING
}

package dev.netstack4j.api.netfilter;

import dev.netstack4j.api.doc.Linux;

/// What a hook decides.
@Linux("include/uapi/linux/netfilter.h#NF_ACCEPT")
public enum Verdict {
    /// Go on.
    ACCEPT,
    /// Drop it; core frees the packet.
    DROP,
    /// The hook owns the packet.
    STOLEN,
    /// Hand it to the queue handler, which decides later; without one it is dropped.
    QUEUE,
    /// Ask this hook once more.
    REPEAT
}

package dev.netstack4j.api.buffer;

import dev.netstack4j.api.doc.Linux;

/// What is known of a packet's transport checksum.
@Linux("include/linux/skbuff.h#CHECKSUM_NONE")
public enum ChecksumState {
    /// Received: not checked. Sent: nothing left to do.
    NONE,
    /// Received: the device found it right.
    UNNECESSARY,
    /// Received: `csum` holds the sum of everything behind the network header's start.
    COMPLETE,
    /// Sent: sum from `csumStart` to the end belongs at `csumStart + csumOffset`, where the pseudo-header's sum stands
    /// now.
    PARTIAL
}

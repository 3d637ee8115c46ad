/// Routes: the longest-prefix table, the results of lookups (dst) and what is learnt of path MTUs.
/// Read without locks from immutable snapshots.
@NullMarked
package dev.netstack4j.proto.ipv4.route;

import org.jspecify.annotations.NullMarked;

/// From a segment to its socket: connection table, listeners, ports.
/// Lookups take no lock and allocate nothing.
@NullMarked
package dev.netstack4j.proto.tcp.demux;

import org.jspecify.annotations.NullMarked;

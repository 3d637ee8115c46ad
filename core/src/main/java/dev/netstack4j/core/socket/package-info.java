/// Socket calls: descriptors, files, sockets, ownership and blocking.
/// Protocols stand behind `ProtoOps`; nothing here knows one.
@NullMarked
package dev.netstack4j.core.socket;

import org.jspecify.annotations.NullMarked;

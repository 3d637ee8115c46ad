/// Sockets from both sides: the calls of applications, and what a protocol implements.
@NullMarked
package dev.netstack4j.api.socket;

import org.jspecify.annotations.NullMarked;

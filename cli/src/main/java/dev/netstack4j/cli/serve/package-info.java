/// The stack of `netstack serve`: attached to the host by a TAP, with the standard small services.
@NullMarked
package dev.netstack4j.cli.serve;

import org.jspecify.annotations.NullMarked;

/// The `netstack` command: its sub-commands, and what they say when something is wrong.
/// Exit status: 0 all well, 1 something was not verified, 2 wrong use or no way to do it.
@NullMarked
package dev.netstack4j.cli;

import org.jspecify.annotations.NullMarked;

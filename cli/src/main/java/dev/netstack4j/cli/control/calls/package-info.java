/// The ops of the control socket, a class for each group.
@NullMarked
package dev.netstack4j.cli.control.calls;

import org.jspecify.annotations.NullMarked;

/// Transfers between this stack, or the kernel in its place, and the kernel's sockets behind a path that `tc netem`
/// impairs.
@NullMarked
package dev.netstack4j.bench.netem;

import org.jspecify.annotations.NullMarked;

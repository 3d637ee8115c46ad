/// The stack of `netstack serve` against the host kernel's own programs, in a network namespace of the test's own.
/// They need root and the programs; what is missing is named.
@NullMarked
package dev.netstack4j.cli.serve;

import org.jspecify.annotations.NullMarked;

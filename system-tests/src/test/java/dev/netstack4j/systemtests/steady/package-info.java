/// Long runs of even traffic.
/// Nothing grows and hardly anything is allocated.
@NullMarked
package dev.netstack4j.systemtests.steady;

import org.jspecify.annotations.NullMarked;

/// Proofs of the simulation: that it repeats, that it spoils frames as told, and that the stack survives it.
@NullMarked
package dev.netstack4j.systemtests.simulation;

import org.jspecify.annotations.NullMarked;

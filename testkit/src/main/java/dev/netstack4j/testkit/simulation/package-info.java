/// Networks in virtual time: hosts that are real stacks, joined by links and switches that lose, delay and spoil
/// frames, all on one thread and repeatable from a seed. Begin with [Simulation].
@NullMarked
package dev.netstack4j.testkit.simulation;

import org.jspecify.annotations.NullMarked;

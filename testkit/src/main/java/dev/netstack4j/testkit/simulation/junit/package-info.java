/// Tests of JUnit 5 in a simulation: [Simulated] makes the network, [EachSeed] repeats the test.
@NullMarked
package dev.netstack4j.testkit.simulation.junit;

import org.jspecify.annotations.NullMarked;

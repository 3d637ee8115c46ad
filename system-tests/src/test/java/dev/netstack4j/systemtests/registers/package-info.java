/// Register traces of the drivers on both buses.
/// What they tell apart, and the golden order of probe and open.
@NullMarked
package dev.netstack4j.systemtests.registers;

import org.jspecify.annotations.NullMarked;

/// The hardware of simulated hosts: the wire kind `simulated`, whose ends lead into a simulated network, and a network
/// card made of software on a bus of the same name, which has no registers and moves no data by DMA.
@NullMarked
package dev.netstack4j.testkit.simulation.nic;

import org.jspecify.annotations.NullMarked;

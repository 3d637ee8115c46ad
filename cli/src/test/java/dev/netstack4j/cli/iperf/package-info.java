/// Tests of the protocol of iperf3: between two stacks, and with the real one.
@NullMarked
package dev.netstack4j.cli.iperf;

import org.jspecify.annotations.NullMarked;

/// The protocol of iperf3, both sides, on a stack: a control connection that agrees on a test, connections or datagrams
/// that are measured, and an exchange of what each side counted.
@NullMarked
package dev.netstack4j.cli.iperf;

import org.jspecify.annotations.NullMarked;

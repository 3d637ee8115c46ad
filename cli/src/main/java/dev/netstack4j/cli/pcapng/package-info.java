/// Captures in the pcapng format, with nanosecond timestamps.
/// Wireshark and tshark read them.
@NullMarked
package dev.netstack4j.cli.pcapng;

import org.jspecify.annotations.NullMarked;

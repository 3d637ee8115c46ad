/// TAPs of the Linux host: how one is opened and set up, the system calls that move packets, and the wait of an idle
/// CPU for all of them. A library of the extensions nic-tap and wire-tap; it sees the api alone, as they do.
@NullMarked
package dev.netstack4j.linux.tap;

import org.jspecify.annotations.NullMarked;

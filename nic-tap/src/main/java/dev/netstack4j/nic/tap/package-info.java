/// A network device that is a TAP of the Linux host: one system call takes or gives a packet of up to 64 KB.
/// Root of the extension nic-tap.
@NullMarked
package dev.netstack4j.nic.tap;

import org.jspecify.annotations.NullMarked;

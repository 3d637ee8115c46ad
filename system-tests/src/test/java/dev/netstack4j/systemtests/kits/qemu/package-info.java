/// The bus of QEMU and the drivers on it, judged by the kits. QEMU's devices are silicon that nobody here has written.
@NullMarked
package dev.netstack4j.systemtests.kits.qemu;

import org.jspecify.annotations.NullMarked;

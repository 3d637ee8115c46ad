/// Super-frames: which protocol merges and cuts what, and when it is asked.
/// Linux keeps this in `gro.c` and `gso.c`.
@NullMarked
package dev.netstack4j.core.net.offload;

import org.jspecify.annotations.NullMarked;

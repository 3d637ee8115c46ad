/// Reassembly of received fragments, within bounds of memory and time.
/// Linux keeps this in `ip_fragment.c` and `inet_fragment.c`.
@NullMarked
package dev.netstack4j.proto.ipv4.fragment;

import org.jspecify.annotations.NullMarked;

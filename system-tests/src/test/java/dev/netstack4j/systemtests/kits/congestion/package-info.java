/// A reference congestion control with one defect at a time, and whether the kit's rules find each; and those that
/// proto-tcp brings, over whole connections.
@NullMarked
package dev.netstack4j.systemtests.kits.congestion;

import org.jspecify.annotations.NullMarked;

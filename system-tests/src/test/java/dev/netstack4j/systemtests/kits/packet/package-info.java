/// The shipped EtherType and IP protocols judged by their kits, and a reference handler with one defect at a time.
@NullMarked
package dev.netstack4j.systemtests.kits.packet;

import org.jspecify.annotations.NullMarked;

/// A reference qdisc with one defect at a time, and whether the kit's rules find each.
@NullMarked
package dev.netstack4j.systemtests.kits.qdisc;

import org.jspecify.annotations.NullMarked;

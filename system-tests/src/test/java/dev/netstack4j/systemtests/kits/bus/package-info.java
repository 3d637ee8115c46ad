/// A PCI bus written for clarity, with one defect or none, and the test of the kit that must find each.
@NullMarked
package dev.netstack4j.systemtests.kits.bus;

import org.jspecify.annotations.NullMarked;

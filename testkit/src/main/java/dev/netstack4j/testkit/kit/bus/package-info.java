/// The conformance kit for PCI buses.
@NullMarked
package dev.netstack4j.testkit.kit.bus;

import org.jspecify.annotations.NullMarked;

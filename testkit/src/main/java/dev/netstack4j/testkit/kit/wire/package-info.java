/// The conformance kit for wires.
@NullMarked
package dev.netstack4j.testkit.kit.wire;

import org.jspecify.annotations.NullMarked;

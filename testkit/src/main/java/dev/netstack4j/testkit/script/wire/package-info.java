/// Packets of scripts as frames: building, taking apart, comparing.
@NullMarked
package dev.netstack4j.testkit.script.wire;

import org.jspecify.annotations.NullMarked;

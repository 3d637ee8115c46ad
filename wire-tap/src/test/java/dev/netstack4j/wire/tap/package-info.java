/// Tests of the TAP wire, against the real kernel in a network namespace of its own.
/// They need root; without it they are skipped.
@NullMarked
package dev.netstack4j.wire.tap;

import org.jspecify.annotations.NullMarked;

/// Tests of the wire kind `stream`, against peers in Java.
@NullMarked
package dev.netstack4j.wire.stream;

import org.jspecify.annotations.NullMarked;

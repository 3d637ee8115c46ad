/// Reads scripts: tokens, statements, packets, calls.
@NullMarked
package dev.netstack4j.testkit.script.text;

import org.jspecify.annotations.NullMarked;

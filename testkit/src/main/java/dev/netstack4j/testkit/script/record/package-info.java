/// Turns captures of real conversations into packet scripts.
@NullMarked
package dev.netstack4j.testkit.script.record;

import org.jspecify.annotations.NullMarked;

/// Extensions that throw.
/// The stack goes on and says whose fault it was.
@NullMarked
package dev.netstack4j.systemtests.containment;

import org.jspecify.annotations.NullMarked;

/// Wrong and hostile frames on the wire of a whole stack.
/// None of them may cost more than its own drop.
@NullMarked
package dev.netstack4j.systemtests.hostile;

import org.jspecify.annotations.NullMarked;

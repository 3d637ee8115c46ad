/// A whole stack: assembled from modules, started, used and closed in order.
/// Entry: `StackAssembler`, which `StackFactory` hands out.
@NullMarked
package dev.netstack4j.core.stack;

import org.jspecify.annotations.NullMarked;

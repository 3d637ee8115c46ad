/// What modules have contributed to a stack, as core's own parts look it up.
/// Filled by assembly before anything starts.
@NullMarked
package dev.netstack4j.core.registry;

import org.jspecify.annotations.NullMarked;

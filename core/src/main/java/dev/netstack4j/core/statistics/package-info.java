/// Counters kept per CPU, and the settings of one stack.
/// Both are registered on the control path; the data path keeps the objects.
@NullMarked
package dev.netstack4j.core.statistics;

import org.jspecify.annotations.NullMarked;

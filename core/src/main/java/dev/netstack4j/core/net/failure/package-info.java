/// What happens when an extension throws: it is counted, logged once, and its packet reclaimed.
/// The stack goes on.
@NullMarked
package dev.netstack4j.core.net.failure;

import org.jspecify.annotations.NullMarked;

/// What the build runs on the sources themselves.
/// Nothing here is part of a stack.
@NullMarked
package dev.netstack4j.build;

import org.jspecify.annotations.NullMarked;

/// A whole stack: building it, its control plane and its views.
@NullMarked
package dev.netstack4j.api.stack;

import org.jspecify.annotations.NullMarked;

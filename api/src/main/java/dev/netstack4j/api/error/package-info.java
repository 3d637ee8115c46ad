/// Linux error names and the one exception of the control paths.
@NullMarked
package dev.netstack4j.api.error;

import org.jspecify.annotations.NullMarked;

/// How an extension joins: modules, contributions, plug points and typed options.
@NullMarked
package dev.netstack4j.api.spi;

import org.jspecify.annotations.NullMarked;

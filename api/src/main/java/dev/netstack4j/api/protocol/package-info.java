/// Network and transport protocols: address families, routes, `Dst`, protocol handlers.
@NullMarked
package dev.netstack4j.api.protocol;

import org.jspecify.annotations.NullMarked;

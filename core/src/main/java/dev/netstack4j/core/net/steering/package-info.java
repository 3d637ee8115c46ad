/// Which CPU takes a received packet further: spread by flow (RPS), or where the flow's reader is (RFS).
@NullMarked
package dev.netstack4j.core.net.steering;

import org.jspecify.annotations.NullMarked;

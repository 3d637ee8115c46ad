/// Tests of DCTCP.
@NullMarked
package dev.netstack4j.congestion.dctcp;

import org.jspecify.annotations.NullMarked;

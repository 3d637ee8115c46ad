/// DCTCP: the algorithm of one connection, and the module that contributes it.
@NullMarked
package dev.netstack4j.congestion.dctcp;

import org.jspecify.annotations.NullMarked;

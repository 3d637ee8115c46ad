/// Congestion control over whole networks in virtual time: throughput, fairness, marks.
@NullMarked
package dev.netstack4j.systemtests.congestion;

import org.jspecify.annotations.NullMarked;

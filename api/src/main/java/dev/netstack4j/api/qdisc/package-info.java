/// Queueing disciplines: the contract, its environment and the watchdog.
@NullMarked
package dev.netstack4j.api.qdisc;

import org.jspecify.annotations.NullMarked;

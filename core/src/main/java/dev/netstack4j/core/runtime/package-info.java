/// CPUs, engines, timers, waiting, interrupts and threads: in real time and stepped in virtual time.
/// The only package that reads clocks, starts threads, parks, and uses atomics.
@NullMarked
package dev.netstack4j.core.runtime;

import org.jspecify.annotations.NullMarked;

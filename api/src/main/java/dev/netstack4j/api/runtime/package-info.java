/// CPUs, contexts, time, timers, waiting, randomness, engines and locks, as injected services.
/// Everything that touches time, threads or atomics stands behind these interfaces.
@NullMarked
package dev.netstack4j.api.runtime;

import org.jspecify.annotations.NullMarked;

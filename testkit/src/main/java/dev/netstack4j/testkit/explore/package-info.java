/// Schedule exploration: tries many orders in which CPUs, engines, timers and applications may run, and shortens the
/// one that fails.
@NullMarked
package dev.netstack4j.testkit.explore;

import org.jspecify.annotations.NullMarked;

/// Counters with Linux's names, kept per CPU.
@NullMarked
package dev.netstack4j.api.statistics;

import org.jspecify.annotations.NullMarked;

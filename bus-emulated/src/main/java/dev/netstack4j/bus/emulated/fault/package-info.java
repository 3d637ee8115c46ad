/// Faults that can be injected into a device: their words, when they happen, and the places where they bite: memory,
/// interrupts, link, slot. No chip is known here.
@NullMarked
package dev.netstack4j.bus.emulated.fault;

import org.jspecify.annotations.NullMarked;

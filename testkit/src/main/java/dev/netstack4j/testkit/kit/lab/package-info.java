/// What the kits for hardware drive their subjects with: a real stack, a wire whose far end is the kit, and wrappers
/// that watch a driver and let resources fail. Not for others.
@NullMarked
package dev.netstack4j.testkit.kit.lab;

import org.jspecify.annotations.NullMarked;

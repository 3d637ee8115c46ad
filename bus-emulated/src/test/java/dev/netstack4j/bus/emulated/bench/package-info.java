/// What the tests of this module are built on: a host's services that run when told, a wire that records.
/// No driver: tests write registers themselves.
@NullMarked
package dev.netstack4j.bus.emulated.bench;

import org.jspecify.annotations.NullMarked;

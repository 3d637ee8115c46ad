/// Fakes of what core provides, for unit tests of one class of an extension: virtual time, one CPU, no threads.
/// Kits and whole-stack tests drive real stacks instead.
@NullMarked
package dev.netstack4j.testkit.fake;

import org.jspecify.annotations.NullMarked;

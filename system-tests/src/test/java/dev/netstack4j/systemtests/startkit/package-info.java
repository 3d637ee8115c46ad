/// What `netstack new` makes is built and tested here, as its author would.
/// Without Maven: `.ci/run` does the same with it.
@NullMarked
package dev.netstack4j.systemtests.startkit;

import org.jspecify.annotations.NullMarked;

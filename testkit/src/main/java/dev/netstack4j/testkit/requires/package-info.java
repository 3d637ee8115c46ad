/// Tests that need something of the machine: root, TAP, a program.
/// Where it is missing they are skipped with a plain reason, or fail if nothing may be missing.
@NullMarked
package dev.netstack4j.testkit.requires;

import org.jspecify.annotations.NullMarked;

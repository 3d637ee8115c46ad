/// Runs every lesson in virtual time.
/// What a lesson prints is what its test expects.
@NullMarked
package dev.netstack4j.examples;

import org.jspecify.annotations.NullMarked;

/// One small program per lesson, each in one file: run its `main`.
/// Each also runs in virtual time, where its test steps it.
@NullMarked
package dev.netstack4j.examples;

import org.jspecify.annotations.NullMarked;

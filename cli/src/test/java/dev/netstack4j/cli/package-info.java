/// Tests of the command: what it says and with which status it ends.
@NullMarked
package dev.netstack4j.cli;

import org.jspecify.annotations.NullMarked;

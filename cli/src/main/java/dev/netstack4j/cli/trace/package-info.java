/// Register traces: reading them, comparing them, recording a short one.
/// Which differences between two buses are intended stands in a data file.
@NullMarked
package dev.netstack4j.cli.trace;

import org.jspecify.annotations.NullMarked;

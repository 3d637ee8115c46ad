/// Tests of register traces: the words of the chips, the lines.
@NullMarked
package dev.netstack4j.pci.trace;

import org.jspecify.annotations.NullMarked;

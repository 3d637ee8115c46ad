/// Register traces of any bus: wrappers of what a driver sees of its device, the words of the data sheets, the file.
/// What is recorded is written at once.
@NullMarked
package dev.netstack4j.pci.trace;

import org.jspecify.annotations.NullMarked;

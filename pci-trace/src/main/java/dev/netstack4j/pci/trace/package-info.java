/// Register traces of any bus: wrappers of what a driver sees of its device, the words of the data sheets, the file.
/// Values are decoded when they are recorded; the file is whole when the device was unplugged.
@NullMarked
package dev.netstack4j.pci.trace;

import org.jspecify.annotations.NullMarked;

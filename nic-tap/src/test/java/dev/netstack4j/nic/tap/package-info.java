/// Tests of the TAP device that need no TAP. Against the real kernel it is tested by the command line tests.
@NullMarked
package dev.netstack4j.nic.tap;

import org.jspecify.annotations.NullMarked;

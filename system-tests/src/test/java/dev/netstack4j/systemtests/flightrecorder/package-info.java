/// What the flight recorder of the JDK shows of a stack.
@NullMarked
package dev.netstack4j.systemtests.flightrecorder;

import org.jspecify.annotations.NullMarked;

/// Events for the flight recorder of the JDK.
@NullMarked
package dev.netstack4j.proto.tcp.events;

import org.jspecify.annotations.NullMarked;

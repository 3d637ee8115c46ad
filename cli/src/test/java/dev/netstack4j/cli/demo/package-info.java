/// The demo in virtual time: the same steps, repeatable to the packet.
@NullMarked
package dev.netstack4j.cli.demo;

import org.jspecify.annotations.NullMarked;

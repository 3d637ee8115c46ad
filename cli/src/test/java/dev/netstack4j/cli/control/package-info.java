/// The control socket, driven as its clients drive it.
@NullMarked
package dev.netstack4j.cli.control;

import org.jspecify.annotations.NullMarked;

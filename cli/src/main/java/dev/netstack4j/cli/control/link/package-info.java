/// Network links whose frames a client of the control socket sends and receives.
@NullMarked
package dev.netstack4j.cli.control.link;

import org.jspecify.annotations.NullMarked;

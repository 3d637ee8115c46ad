/// Requests and replies of the control socket: JSON Lines, Linux's names and numbers, and the forms that values have.
@NullMarked
package dev.netstack4j.cli.control.message;

import org.jspecify.annotations.NullMarked;

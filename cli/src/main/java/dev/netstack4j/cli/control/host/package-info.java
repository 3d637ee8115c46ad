/// The stack behind a control socket, and how calls run on it: in real time, or stepped by one driver.
@NullMarked
package dev.netstack4j.cli.control.host;

import org.jspecify.annotations.NullMarked;

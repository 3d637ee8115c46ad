/// Sessions: what a process is to the sockets of a system. Descriptors, and the calls on them.
@NullMarked
package dev.netstack4j.cli.control.session;

import org.jspecify.annotations.NullMarked;

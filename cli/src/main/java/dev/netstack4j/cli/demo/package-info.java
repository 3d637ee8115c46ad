/// What `netstack demo` does: two hosts and a cable, ping, datagrams, a bulk transfer each way, and an account of it
/// all.
@NullMarked
package dev.netstack4j.cli.demo;

import org.jspecify.annotations.NullMarked;

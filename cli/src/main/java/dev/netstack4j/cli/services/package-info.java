/// Small services over the public socket calls: echo, discard, daytime, chargen.
/// A service is one method; `StreamService` and `DatagramService` run it.
@NullMarked
package dev.netstack4j.cli.services;

import org.jspecify.annotations.NullMarked;

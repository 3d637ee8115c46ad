/// Tests of the package of the same name.
/// They run without the network of this machine.
@NullMarked
package dev.netstack4j.cli.http;

import org.jspecify.annotations.NullMarked;

/// Modules as jars on real paths.
/// What can be wrong with them is said before the first packet.
@NullMarked
package dev.netstack4j.systemtests.assembly;

import org.jspecify.annotations.NullMarked;

/// What passes over a cable, hashed.
/// Equal runs give equal hashes.
@NullMarked
package dev.netstack4j.systemtests.tracing;

import org.jspecify.annotations.NullMarked;

/// Which test proves which mechanism, and (nightly) that each of those tests fails when its mechanism is broken.
/// The list of mutations stands in `src/test/mutations`.
@NullMarked
package dev.netstack4j.systemtests.mechanism;

import org.jspecify.annotations.NullMarked;

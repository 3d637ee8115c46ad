/// What several tests of whole stacks share.
/// Nothing here is a test.
@NullMarked
package dev.netstack4j.systemtests.support;

import org.jspecify.annotations.NullMarked;

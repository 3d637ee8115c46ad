/// The project's own packet scripts, and tests of what plays them.
@NullMarked
package dev.netstack4j.systemtests.scripts;

import org.jspecify.annotations.NullMarked;

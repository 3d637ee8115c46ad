/// What the build promises: versions, the properties in each jar, who depends on whom.
/// Read from the poms and from the jars as they were built.
@NullMarked
package dev.netstack4j.systemtests.build;

import org.jspecify.annotations.NullMarked;

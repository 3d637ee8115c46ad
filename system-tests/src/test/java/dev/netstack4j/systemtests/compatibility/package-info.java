/// What was released must go on working: signatures of api and testkit, and the extensions themselves.
/// The released jars lie in `src/test/released`.
@NullMarked
package dev.netstack4j.systemtests.compatibility;

import org.jspecify.annotations.NullMarked;

/// The conformance kit for congestion controls, rules `CC-1` and on.
/// `CongestionSubject` is what an author writes, `CongestionKit` the list of rules.
@NullMarked
package dev.netstack4j.testkit.kit.congestion;

import org.jspecify.annotations.NullMarked;

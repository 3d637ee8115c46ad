/// The conformance kit for qdiscs, rules `QDISC-1` and on.
/// `QdiscSubject` is what an author writes, `QdiscKit` the list of rules, the `...Rules` how they are judged.
@NullMarked
package dev.netstack4j.testkit.kit.qdisc;

import org.jspecify.annotations.NullMarked;

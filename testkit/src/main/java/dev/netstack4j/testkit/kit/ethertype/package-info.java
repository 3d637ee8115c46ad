/// The conformance kit for EtherType protocols, rules `PTYPE-1` and on.
/// `EtherTypeSubject` is what an author writes, `EtherTypeKit` the list of rules.
@NullMarked
package dev.netstack4j.testkit.kit.ethertype;

import org.jspecify.annotations.NullMarked;

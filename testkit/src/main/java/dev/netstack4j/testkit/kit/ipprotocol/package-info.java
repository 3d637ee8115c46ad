/// The conformance kit for IP protocols, rules `PROTO-1` and on.
/// `IpProtocolSubject` is what an author writes, `IpProtocolKit` the list of rules.
@NullMarked
package dev.netstack4j.testkit.kit.ipprotocol;

import org.jspecify.annotations.NullMarked;

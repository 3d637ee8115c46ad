/// The conformance kit for socket families, rules `SOCK-1` and on.
/// `SocketSubject` is what an author writes, `SocketKit` the list of rules.
@NullMarked
package dev.netstack4j.testkit.kit.socket;

import org.jspecify.annotations.NullMarked;

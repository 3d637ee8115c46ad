/// Packet scripts: what a peer sends, what a stack must answer and when, and the socket calls beside it, as readable
/// text.
@NullMarked
package dev.netstack4j.testkit.script;

import org.jspecify.annotations.NullMarked;

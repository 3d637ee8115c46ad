/// Fast Open: cookies and their keys, what is known of servers, how many early connections a listener has.
/// It changes no connection: `state` does.
@NullMarked
package dev.netstack4j.proto.tcp.fastopen;

import org.jspecify.annotations.NullMarked;

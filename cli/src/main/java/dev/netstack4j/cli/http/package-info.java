/// Static files over HTTP/1.1 (RFC 9110, RFC 9112): GET, HEAD, ranges, keep-alive.
/// Nothing here knows sockets but `HttpConversation`.
@NullMarked
package dev.netstack4j.cli.http;

import org.jspecify.annotations.NullMarked;

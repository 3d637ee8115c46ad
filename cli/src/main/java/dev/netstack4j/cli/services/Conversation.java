package dev.netstack4j.cli.services;

import java.io.IOException;

/// What a service does with one connection. It returns when it is done; the connection is closed then.
@FunctionalInterface
public interface Conversation {
    /// Serves one peer, on a thread of its own.
    ///
    /// @throws IOException when the connection fails; that is no error of the service
    void serve(Peer peer) throws IOException;
}

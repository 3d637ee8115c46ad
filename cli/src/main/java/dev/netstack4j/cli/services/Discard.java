package dev.netstack4j.cli.services;

import dev.netstack4j.api.doc.Rfc;
import java.io.IOException;

/// Throws away what it gets.
@Rfc("863")
public final class Discard implements Conversation, DatagramService.Answer {
    /// The port that it has.
    public static final int PORT = 9;

    private static final int BUFFER = 64 << 10;

    /// A new service.
    public Discard() {}

    @Override
    public void serve(Peer peer) throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (peer.socket().read(buffer, 0, BUFFER) >= 0) {}
    }

    @Override
    public int answer(byte[] buffer, int length) {
        return -1;
    }
}

package dev.netstack4j.cli.services;

import dev.netstack4j.api.doc.Rfc;
import java.io.IOException;

/// Sends back what it gets.
@Rfc("862")
public final class Echo implements Conversation, DatagramService.Answer {
    /// The port that it has.
    public static final int PORT = 7;

    private static final int BUFFER = 64 << 10;

    /// A new service.
    public Echo() {}

    @Override
    public void serve(Peer peer) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int n = peer.socket().read(buffer, 0, BUFFER);
                n >= 0;
                n = peer.socket().read(buffer, 0, BUFFER)) {
            peer.socket().write(buffer, 0, n);
        }
    }

    @Override
    public int answer(byte[] buffer, int length) {
        return length;
    }
}

package dev.netstack4j.cli.services;

import dev.netstack4j.api.doc.Rfc;
import java.io.IOException;

/// Sends lines of 72 characters, each line beginning one character later in the alphabet, until the peer has had
/// enough. A datagram is answered by one line.
@Rfc("864")
public final class CharacterGenerator implements Conversation, DatagramService.Answer {
    /// The port that it has.
    public static final int PORT = 19;

    private static final int FIRST = ' ';
    private static final int COUNT = 95; // printable ASCII
    private static final int LINE = 74;
    private static final byte[] PATTERN = pattern();

    private int next; // of the datagram service's one thread

    /// A new service.
    public CharacterGenerator() {}

    private static byte[] pattern() {
        byte[] lines = new byte[LINE * COUNT];
        for (int line = 0; line < COUNT; line++) {
            for (int i = 0; i < LINE - 2; i++) {
                lines[line * LINE + i] = (byte) (FIRST + (line + i) % COUNT);
            }
            lines[line * LINE + LINE - 2] = '\r';
            lines[line * LINE + LINE - 1] = '\n';
        }
        return lines;
    }

    @Override
    public void serve(Peer peer) throws IOException {
        while (!peer.isEnding()) {
            peer.socket().write(PATTERN, 0, PATTERN.length);
        }
    }

    @Override
    public int answer(byte[] buffer, int length) {
        System.arraycopy(PATTERN, next * LINE, buffer, 0, LINE);
        next = (next + 1) % COUNT;
        return LINE;
    }
}

package dev.netstack4j.cli.services;

import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Tells the date and the time, in words.
@Rfc("867")
public final class Daytime implements Conversation, DatagramService.Answer {
    /// The port that it has.
    public static final int PORT = 13;

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEEE, MMMM d, yyyy HH:mm:ss-'UTC'\r\n", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Clock clock;

    /// By this clock.
    public Daytime(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void serve(Peer peer) throws IOException {
        byte[] line = line();
        peer.socket().write(line, 0, line.length);
    }

    @Override
    public int answer(byte[] buffer, int length) {
        byte[] line = line();
        System.arraycopy(line, 0, buffer, 0, line.length);
        return line.length;
    }

    private byte[] line() {
        return FORMAT.format(Instant.ofEpochSecond(0, clock.wallNanos())).getBytes(StandardCharsets.US_ASCII);
    }
}

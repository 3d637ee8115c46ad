package dev.netstack4j.cli.http;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.cli.services.Conversation;
import dev.netstack4j.cli.services.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Serves static files to one client after the other, and to one client for as long as it keeps the connection.
public final class HttpConversation implements Conversation {
    /// The port that it has.
    public static final int PORT = 80;

    private static final long IDLE_NANOS = 30_000_000_000L;

    private final SiteFiles files;
    private final Clock clock;

    /// Serves the files below a directory.
    ///
    /// @throws IOException when the directory is not there
    public HttpConversation(Path directory, Clock clock) throws IOException {
        files = new SiteFiles(directory);
        this.clock = clock;
    }

    @Override
    public void serve(Peer peer) throws IOException {
        peer.socket().option(SocketOption.SOL_SOCKET, SocketOption.SO_RCVTIMEO, IDLE_NANOS);
        RequestReader requests = new RequestReader(peer.socket().input());
        try (BodySender sender = new BodySender(peer)) {
            while (turn(peer, requests, sender)) {}
        } catch (NetException e) {
            if (e.errno() != Errno.EAGAIN) {
                throw e;
            }
            // Idle for too long.
        }
    }

    /// One request and its answer.
    ///
    /// @return whether another one may follow
    private boolean turn(Peer peer, RequestReader requests, BodySender sender) throws IOException {
        HttpRequest request;
        try {
            request = requests.next();
        } catch (HttpProblem e) {
            // Where the next request would begin is not known.
            sender.send(Answer.to(e), now(), false, true);
            return false;
        }
        return request != null && answer(peer, request, requests, sender);
    }

    private boolean answer(Peer peer, HttpRequest request, RequestReader requests, BodySender sender)
            throws IOException {
        Answer answer = answerOf(request);
        boolean keep = requests.skipBody(request) && request.keepAlive() && !peer.isEnding();
        sender.send(answer, now(), keep, !request.method().equals("HEAD"));
        return keep;
    }

    private Answer answerOf(HttpRequest request) throws IOException {
        @Nullable HttpProblem problem;
        try {
            return Answer.to(request, files);
        } catch (HttpProblem e) {
            problem = e;
        }
        return Answer.to(problem);
    }

    private Instant now() {
        return Instant.ofEpochSecond(0, clock.wallNanos());
    }
}

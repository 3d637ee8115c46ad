package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.testkit.kit.socket.Endpoint.Got;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two sockets of one host, of which one sends to the other: connected, or with the other's address; or one that gets
/// back what it sends.
///
/// @param to       destination of messages; null when the sender is connected
/// @param listener from which the receiver came, if any
record Pair(
        Endpoint sender,
        Endpoint receiver,
        @Nullable SockAddress to,
        @Nullable Endpoint listener) {
    private static final int MOST_TRIES = 200;

    static Pair of(SocketHost h) {
        if (h.can(SocketAbility.LISTEN)) {
            return connected(h);
        }
        SockAddress at = h.subject.address(0);
        Endpoint receiver = h.open();
        if (h.can(SocketAbility.BIND)) {
            h.trial.checkEqual(0, receiver.bind(at), "bind to a free address");
        }
        Endpoint sender = h.can(SocketAbility.ECHO) ? receiver : h.open();
        if (!h.can(SocketAbility.CONNECT)) {
            return new Pair(sender, receiver, at, null);
        }
        h.trial.checkEqual(0, sender.connect(at), "connect to an address where a socket is");
        return new Pair(sender, receiver, null, null);
    }

    private static Pair connected(SocketHost h) {
        Endpoint listener = listener(h, 8);
        Endpoint client = client(h);
        h.rest();
        h.trial.check(client.says(PollEvents.OUT), "poll does not say OUT of a socket that was connected");
        Endpoint server = listener.accept();
        if (server == null) {
            throw new AssertionError("accept gives no connection though a client is connected");
        }
        return new Pair(client, server, null, listener);
    }

    /// A socket that listens at the first address.
    static Endpoint listener(SocketHost h, int backlog) {
        Endpoint listener = h.open();
        if (h.can(SocketAbility.BIND)) {
            h.trial.checkEqual(0, listener.bind(h.subject.address(0)), "bind to a free address");
        }
        h.trial.checkEqual(0, listener.listen(backlog), "listen");
        return listener;
    }

    /// A socket that was asked to connect to it.
    static Endpoint client(SocketHost h) {
        Endpoint client = h.open();
        int n = client.connect(h.subject.address(0));
        h.trial.check(n == 0 || n == Errno.EINPROGRESS.negative(), "connect to a listener returned " + n);
        return client;
    }

    boolean isEcho() {
        return sender == receiver;
    }

    /// Sends a message whole, as often as it takes, with time between the tries.
    void sendAll(byte[] message) {
        SocketHost h = sender.host;
        int at = 0;
        for (int tries = 0; at < message.length; tries++) {
            h.trial.check(tries < MOST_TRIES, "the sender takes no bytes though all were read");
            byte[] rest = at == 0 ? message : Arrays.copyOfRange(message, at, message.length);
            int n = sender.send(rest, to);
            h.trial.check(n >= 0 || n == Endpoint.AGAIN, "sendmsg to a socket that is there returned " + n);
            at += Math.max(0, n);
            if (n < 0) {
                h.rest();
            }
        }
    }

    /// Takes what is there, message by message.
    List<byte[]> takeAll() {
        List<byte[]> all = new ArrayList<>();
        for (Got got = receiver.receive(); got.result() > 0; got = receiver.receive()) {
            all.add(got.bytes());
        }
        return all;
    }
}

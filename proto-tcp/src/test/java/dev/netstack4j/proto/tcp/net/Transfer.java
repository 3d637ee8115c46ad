package dev.netstack4j.proto.tcp.net;

import dev.netstack4j.proto.tcp.control.TcpSock;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/// A connection over which both sides send random bytes and then close; what arrives is compared by hash.
public final class Transfer {
    private final TwoNodes net;
    private final Side client;
    private final Side server;

    private Transfer(TwoNodes net, TwoNodes.Pair pair, int up, int down) {
        this.net = net;
        client = new Side(net.a, pair.client(), up);
        server = new Side(net.b, pair.server(), down);
    }

    /// Sends `up` bytes from a to b and `down` back.
    public static Transfer both(TwoNodes net, int up, int down) {
        TwoNodes.Pair pair = net.connected();
        if (pair.server() == null) {
            throw new AssertionError("no connection: client is " + pair.client().state());
        }
        net.b.close(pair.listener());
        return new Transfer(net, pair, up, down);
    }

    /// Runs it to its end.
    public void run(long millis) {
        boolean done = net.until(
                () -> {
                    client.work();
                    server.work();
                    return client.finished && server.finished;
                },
                millis);
        if (!done) {
            throw new AssertionError("not finished: " + client + " / " + server);
        }
        equal(client.sentHash(), server.receivedHash());
        equal(server.sentHash(), client.receivedHash());
    }

    private static void equal(String sent, String received) {
        if (!sent.equals(received)) {
            throw new AssertionError("bytes differ");
        }
    }

    private static final class Side {
        private final Node node;
        private final TcpSock sock;
        private final SplittableRandom random;
        private final byte[] out = new byte[20_000];
        private final byte[] in = new byte[30_000];
        private final MessageDigest sent = digest();
        private final MessageDigest received = digest();
        private int left;
        private int filled;
        private int at;
        private int got;
        private boolean shut;
        private boolean ended;
        private final boolean patient;
        boolean finished;

        Side(Node node, TcpSock sock, int bytes) {
            this.node = node;
            this.sock = sock;
            this.left = bytes;
            this.patient = bytes == 0;
            this.random = new SplittableRandom(bytes);
        }

        private static MessageDigest digest() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }

        void work() {
            if (!finished) {
                send();
                receive();
            }
        }

        private void send() {
            while (left > 0 || at < filled) {
                if (at == filled) {
                    filled = Math.min(left, 1 + random.nextInt(out.length));
                    for (int i = 0; i < filled; i++) {
                        out[i] = (byte) random.nextInt();
                    }
                    sent.update(out, 0, filled);
                    left -= filled;
                    at = 0;
                }
                int n = node.write(sock, out, at, filled - at, 0);
                if (n < 0) {
                    require(n);
                    return;
                }
                at += n;
            }
            if (!shut && (!patient || ended)) {
                shut = true;
                node.shutdown(sock, 1);
            }
        }

        private void receive() {
            while (true) {
                int n = node.read(sock, in, 0);
                if (n > 0) {
                    received.update(in, 0, n);
                    got += n;
                } else if (n == 0) {
                    ended = true;
                    if (shut) {
                        finished = true;
                        node.close(sock);
                    }
                    return;
                } else {
                    require(n);
                    return;
                }
            }
        }

        private void require(int result) {
            if (result != -11) {
                throw new AssertionError("call failed: " + result + " in " + this);
            }
        }

        String sentHash() {
            return HexFormat.of().formatHex(sent.digest());
        }

        String receivedHash() {
            return HexFormat.of().formatHex(received.digest());
        }

        @Override
        public String toString() {
            return sock.state() + " to send " + (left + filled - at) + " received " + got + " una "
                    + (sock.snd.una - sock.snd.isn) + " nxt " + (sock.snd.nxt - sock.snd.isn) + " out "
                    + sock.snd.packetsOut + " queue " + sock.snd.queue.length() + " " + sock.timers.pending + " "
                    + sock.rec.phase + " cwnd " + sock.cc.cwnd() + " wnd " + sock.snd.wnd + " lost " + sock.rec.lostOut
                    + " sacked " + sock.rec.sackedOut + " retrans " + sock.rec.retransmittedOut;
        }
    }
}

package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.testkit.kit.Trial;
import dev.netstack4j.testkit.kit.socket.Endpoint.Got;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What is sent and what is read.
final class DataRules {
    private static final int BATCHES = 12;

    private DataRules() {}

    static void keepsOrderAndBytes(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Pair p = Pair.of(h);
        for (int i = 0; i < BATCHES; i++) {
            List<byte[]> sent = new ArrayList<>();
            for (int n = trial.random().nextInt(1, 5); n > 0; n--) {
                sent.add(h.message());
                p.sendAll(sent.getLast());
            }
            h.rest();
            compare(h, sent, p.takeAll());
        }
    }

    private static void compare(SocketHost h, List<byte[]> sent, List<byte[]> got) {
        if (h.isStream()) {
            h.trial.check(
                    Arrays.equals(joined(sent), joined(got)),
                    "a stream of " + joined(sent).length + " bytes came as another one of " + joined(got).length);
            return;
        }
        h.trial.checkEqual(sent.size(), got.size(), "messages read of those sent");
        for (int i = 0; i < sent.size(); i++) {
            h.trial.check(
                    h.subject.arrives(sent.get(i), got.get(i)),
                    "message " + i + " of " + sent.get(i).length + " bytes came as another one of "
                            + got.get(i).length);
        }
    }

    private static byte[] joined(List<byte[]> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return all.toByteArray();
    }

    static void cutsMessages(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        trial.assume(!h.isStream(), "streams have no messages");
        Pair p = Pair.of(h);
        p.sendAll(h.message(Math.max(20, s.mostBytes() / 2)));
        h.rest();
        Got cut = p.receiver().receive(10, 0, Endpoint.STRETCH);
        trial.checkEqual(10, cut.result(), "bytes of a message read into a room of 10");
        trial.check((cut.flags() & MessageFlags.TRUNC) != 0, "a message was cut, and nothing says so");
        trial.checkEqual(Endpoint.AGAIN, p.receiver().receive().result(), "what follows a message that was cut");
        byte[] whole = h.message();
        p.sendAll(whole);
        h.rest();
        Got next = p.receiver().receive();
        trial.check(s.arrives(whole, next.bytes()), "the message after one that was cut came as another one");
        trial.checkEqual(0, next.flags() & MessageFlags.TRUNC, "the flag that a whole message was cut");
    }

    static void keepsToTheLimit(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Pair p = Pair.of(h);
        int limit = trial.random().nextInt(100, 1000);
        byte[] m = h.message(h.isStream() ? 5000 : s.mostBytes());
        int sent = p.sender().send(m, p.to(), limit);
        if (!h.isStream()) {
            trial.checkEqual(m.length, sent, "bytes taken of a datagram, which is taken whole");
            return;
        }
        trial.check(sent > 0 && sent <= limit, "sendmsg with a limit of " + limit + " took " + sent + " bytes");
        p.sendAll(m);
        h.rest();
        int got = p.receiver().receive(5000, 0, limit).result();
        trial.check(got > 0 && got <= limit, "recvmsg with a limit of " + limit + " gave " + got + " bytes");
    }

    static void saysThatNothingIsThere(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Pair p = Pair.of(h);
        trial.checkEqual(Endpoint.AGAIN, p.receiver().receive().result(), "recvmsg before anything was sent");
        p.sendAll(h.message());
        h.rest();
        p.takeAll();
        trial.checkEqual(Endpoint.AGAIN, p.receiver().receive().result(), "recvmsg after everything was read");
    }

    static void looksWithoutTaking(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        Pair p = Pair.of(h);
        byte[] m = h.message();
        p.sendAll(m);
        h.rest();
        Got first = p.receiver().receive(s.mostBytes() + 100, MessageFlags.PEEK, Endpoint.STRETCH);
        Got again = p.receiver().receive(s.mostBytes() + 100, MessageFlags.PEEK, Endpoint.STRETCH);
        Got taken = p.receiver().receive();
        trial.check(s.arrives(m, first.bytes()), "MSG_PEEK shows something else than was sent");
        trial.check(Arrays.equals(first.bytes(), again.bytes()), "a second MSG_PEEK shows something else");
        trial.check(Arrays.equals(first.bytes(), taken.bytes()), "what is read is not what MSG_PEEK showed");
    }

    static void endsTheStream(SocketSubject s, Trial trial) throws Exception {
        SocketHost h = new SocketHost(s, trial);
        h.needsStream();
        for (boolean whole : new boolean[] {false, true}) {
            Pair p = Pair.of(h);
            List<byte[]> sent = List.of(h.message(), h.message(), h.message());
            sent.forEach(p::sendAll);
            if (trial.random().nextBoolean()) {
                h.rest();
            }
            end(h, p, whole);
            h.rest();
            compare(h, sent, p.takeAll());
            trial.check(p.receiver().isReadable(), "poll does not say IN at the end of the stream");
            trial.checkEqual(0, p.receiver().receive().result(), "recvmsg at the end of the stream");
            trial.checkEqual(0, p.receiver().receive().result(), "recvmsg again at the end of the stream");
            p.receiver().release();
            p.sender().release();
            if (p.listener() != null) {
                p.listener().release();
            }
            h.runtime.advance(SocketHost.TEN_MINUTES);
        }
    }

    private static void end(SocketHost h, Pair p, boolean whole) {
        if (!whole && h.can(SocketAbility.SHUTDOWN)) {
            h.trial.checkEqual(0, p.sender().shutdown(1), "shutdown of the sending direction");
        } else {
            p.sender().release();
        }
    }
}

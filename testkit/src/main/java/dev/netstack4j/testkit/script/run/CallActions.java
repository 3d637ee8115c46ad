package dev.netstack4j.testkit.script.run;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.testkit.script.ScriptFailure;
import dev.netstack4j.testkit.script.model.Call;
import dev.netstack4j.testkit.script.model.Call.Arg;
import dev.netstack4j.testkit.script.wire.Pattern;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Performs calls and compares what they return. Descriptors have the names that the script gave them.
final class CallActions {
    private static final Map<String, Integer> HOW = Map.of("read", 0, "write", 1, "both", 2);

    private final Sockets sockets;
    private final CallWords words;
    private final boolean checksPattern;
    private final Map<String, Integer> fds = new TreeMap<>();
    private final Map<Integer, Integer> types = new TreeMap<>();
    private final Map<Integer, Long> sent = new TreeMap<>();
    private final Map<Integer, Long> received = new TreeMap<>();

    CallActions(Sockets sockets, CallWords words, boolean checksPattern) {
        this.sockets = sockets;
        this.words = words;
        this.checksPattern = checksPattern;
    }

    /// Closes what the script left open.
    synchronized void closeAll() {
        for (int fd : types.keySet()) {
            sockets.shutdown(fd, 2);
            sockets.close(fd);
        }
        types.clear();
    }

    private synchronized int fd(Arg arg) {
        Integer fd = fds.get(arg.text());
        if (fd == null) {
            throw new ScriptFailure(arg.place(), "no call has made the descriptor " + arg.text() + ".");
        }
        return fd;
    }

    private synchronized void opened(String name, int fd, int type) {
        fds.put(name, fd);
        types.put(fd, type);
    }

    private synchronized boolean isStream(int fd) {
        return types.getOrDefault(fd, 0) == 1;
    }

    // ---- calls

    /// Performs a call and compares its outcome.
    ///
    /// @throws ScriptFailure when it is another
    void perform(Call call) {
        Arg first = call.args().getFirst();
        switch (call.name()) {
            case "socket" -> socket(call);
            case "accept" -> makes(call, sockets.accept(fd(first)), 1);
            case "dup" -> makes(call, sockets.dup(fd(first)), isStream(fd(first)) ? 1 : 2);
            case "bind" -> returns(call, sockets.bind(fd(first), words.own(arg(call, 1))));
            case "connect" -> connect(call, fd(first), arg(call, 1));
            case "listen" -> returns(call, sockets.listen(fd(first), (int) words.number(arg(call, 1))));
            case "shutdown" -> returns(call, sockets.shutdown(fd(first), words.choice(arg(call, 1), HOW)));
            case "close" -> close(call, fd(first));
            case "send" -> send(call, null, 2);
            case "sendto" -> send(call, words.peer(arg(call, 2)), 3);
            case "recv", "recvfrom" -> receive(call);
            default -> options(call, first);
        }
    }

    private void options(Call call, Arg first) {
        switch (call.name()) {
            case "setsockopt" -> {
                SocketOptionNames.Entry o = words.option(arg(call, 1));
                returns(call, sockets.setsockopt(fd(first), o.level(), o.name(), words.optionValue(call, o)));
            }
            case "getsockopt" -> getsockopt(call);
            case "getsockname" -> named(call, sockets.name(fd(first), false));
            case "getpeername" -> named(call, sockets.name(fd(first), true));
            case "poll" -> poll(call);
            case "fcntl" -> {
                boolean on = arg(call, 2).text().contains("O_NONBLOCK");
                returns(call, sockets.nonBlocking(fd(first), on));
            }
            case "ioctl" -> {
                OptionValue v = new OptionValue();
                returns(call, sockets.ioctl(fd(first), words.ioctl(arg(call, 1)), v));
                gives(call, v.number());
            }
            default -> throw new ScriptFailure(call.place(), "the call " + call.name() + " is not known.");
        }
    }

    private void connect(Call call, int fd, Arg to) {
        returns(call, to.text().equals("unspec") ? sockets.disconnect(fd) : sockets.connect(fd, words.peer(to)));
    }

    private void socket(Call call) {
        int[] kind = words.socketKind(call);
        makes(call, sockets.socket(2, kind[0], kind[1]), kind[0] & 0xF);
    }

    private void close(Call call, int fd) {
        synchronized (this) {
            types.remove(fd);
            sent.remove(fd);
            received.remove(fd);
        }
        returns(call, sockets.close(fd));
    }

    private void send(Call call, @Nullable InetSockAddress to, int flagsAt) {
        int fd = fd(call.args().getFirst());
        Arg what = arg(call, 1);
        long at = isStream(fd) ? position(sent, fd) : 0;
        byte[] bytes = words.isLength(what) ? Pattern.of(at, (int) words.number(what)) : what.bytes();
        long n = sockets.send(fd, bytes, words.messageFlags(call.arg(flagsAt)), to);
        advance(sent, fd, n);
        returns(call, n);
    }

    private void receive(Call call) {
        int fd = fd(call.args().getFirst());
        byte[] into = new byte[(int) words.number(arg(call, 1))];
        Sockets.Received r = new Sockets.Received();
        int flags = words.messageFlags(call.arg(2));
        long n = sockets.recv(fd, into, flags, r);
        byte[] got = Arrays.copyOf(into, (int) Math.max(0, Math.min(n, into.length)));
        long at = isStream(fd) ? position(received, fd) : 0;
        Arg ret = call.ret();
        if (ret != null && ret.form() != Call.Form.WORD) {
            if (n < 0 || !Arrays.equals(got, ret.bytes())) {
                throw wrong(call, n < 0 ? result(n) : Arrays.toString(got));
            }
        } else {
            returns(call, n);
            if (checksPattern && (flags & MessageFlags.OOB) == 0 && !Pattern.matches(got, at)) {
                throw new ScriptFailure(call.place(), "the bytes that recv delivered are not those of their place.");
            }
        }
        if ((flags & (MessageFlags.PEEK | MessageFlags.OOB)) == 0) {
            advance(received, fd, n);
        }
        from(call, r.from);
    }

    private void from(Call call, @Nullable InetSockAddress is) {
        Arg said = call.from();
        if (said != null && !words.peer(said).equals(is)) {
            throw new ScriptFailure(call.place(), "the datagram came from " + is + ".");
        }
    }

    private synchronized long position(Map<Integer, Long> map, int fd) {
        return map.getOrDefault(fd, 0L);
    }

    private synchronized void advance(Map<Integer, Long> map, int fd, long n) {
        if (n > 0) {
            map.merge(fd, n, Long::sum);
        }
    }

    private void getsockopt(Call call) {
        SocketOptionNames.Entry o = words.option(arg(call, 1));
        OptionValue v = new OptionValue();
        returns(call, sockets.getsockopt(fd(call.args().getFirst()), o.level(), o.name(), v));
        Arg field = call.arg(2);
        Arg said = call.gives();
        if (field != null) {
            gives(call, v.fields().getOrDefault(field.text(), -1L));
        } else if (said != null && said.form() == Call.Form.TEXT) {
            if (!said.text().equals(v.text())) {
                throw wrong(call, "the value \"" + v.text() + "\"");
            }
        } else {
            gives(call, v.number());
        }
    }

    private void named(Call call, @Nullable InetSockAddress is) {
        Arg said = call.gives();
        if (is == null) {
            returns(call, Errno.ENOTCONN.negative());
        } else if (said != null && !words.own(said).equals(is)) {
            throw wrong(call, "the address " + is);
        }
    }

    private void poll(Call call) {
        int[] revents = new int[1];
        Arg timeout = call.arg(2);
        int n = sockets.poll(
                fd(call.args().getFirst()),
                words.events(arg(call, 1)),
                revents,
                timeout == null ? 0 : words.duration(timeout));
        returns(call, n);
        Arg said = call.gives();
        if (said != null && words.events(said) != revents[0]) {
            throw wrong(call, "the events " + CallWords.eventNames(revents[0]));
        }
    }

    // ---- outcomes

    private void makes(Call call, int fd, int type) {
        String name = call.result();
        if (name == null) {
            returns(call, fd);
        } else if (fd < 0) {
            throw wrong(call, result(fd));
        } else {
            opened(name, fd, type);
        }
    }

    private void returns(Call call, long is) {
        Arg said = call.ret();
        if (said == null) {
            if (is < 0) {
                throw wrong(call, result(is));
            }
        } else if (!words.accepts(said, is)) {
            throw wrong(call, result(is));
        }
    }

    private void gives(Call call, long is) {
        Arg said = call.gives();
        if (said != null && !words.acceptsValue(said, is)) {
            throw wrong(call, "the value " + is);
        }
    }

    private static Arg arg(Call call, int i) {
        Arg a = call.arg(i);
        if (a == null) {
            throw new ScriptFailure(call.place(), call.name() + " lacks an argument.");
        }
        return a;
    }

    private static ScriptFailure wrong(Call call, String is) {
        Arg said = call.ret() != null ? call.ret() : call.gives();
        String expected = said == null ? "success" : said.text();
        return new ScriptFailure(call.place(), call.name() + " gave " + is + ", and must give " + expected + ".");
    }

    private static String result(long is) {
        return is < 0 ? Errno.of(is).name() : String.valueOf(is);
    }
}

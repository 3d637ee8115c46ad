package dev.netstack4j.testkit.script.run;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.testkit.script.ScriptFailure;
import dev.netstack4j.testkit.script.model.Call;
import dev.netstack4j.testkit.script.model.Call.Arg;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the words in calls mean.
final class CallWords {
    private static final int NONBLOCK = 0x800;
    private static final Map<String, Integer> EVENTS =
            new TreeMap<>(Map.of("IN", 1, "PRI", 2, "OUT", 4, "ERR", 8, "HUP", 0x10, "NVAL", 0x20, "RDHUP", 0x2000));
    private static final Map<String, Integer> FLAGS = Map.of(
            "MSG_OOB",
            1,
            "MSG_PEEK",
            2,
            "MSG_TRUNC",
            0x20,
            "MSG_DONTWAIT",
            0x40,
            "MSG_WAITALL",
            0x100,
            "MSG_MORE",
            0x8000,
            "MSG_FASTOPEN",
            0x2000_0000);
    private static final Map<String, Integer> REQUESTS =
            Map.of("SIOCINQ", 0x541B, "SIOCOUTQ", 0x5411, "SIOCATMARK", 0x8905);
    private static final int STREAM = 1;
    private static final int DGRAM = 2;
    private static final int RAW = 3;

    private final String host;
    private final String peer;

    CallWords(String host, String peer) {
        this.host = host;
        this.peer = peer;
    }

    // ---- numbers

    long number(Arg a) {
        try {
            return a.form() == Call.Form.HEX ? Long.parseLong(a.text().substring(2), 16) : Long.parseLong(a.text());
        } catch (NumberFormatException e) {
            throw new ScriptFailure(a.place(), "\"" + a.text() + "\" is not a number.");
        }
    }

    boolean isLength(Arg a) {
        return a.form() == Call.Form.WORD;
    }

    /// A time in nanoseconds: seconds, or with `ms` or `s`; -1 for ever.
    long duration(Arg a) {
        String s = a.text();
        long unit = s.endsWith("ms") ? 1_000_000L : 1_000_000_000L;
        String digits = s.endsWith("ms")
                ? s.substring(0, s.length() - 2)
                : s.endsWith("s") ? s.substring(0, s.length() - 1) : s;
        try {
            return new BigDecimal(digits).multiply(BigDecimal.valueOf(unit)).longValue();
        } catch (NumberFormatException e) {
            throw new ScriptFailure(a.place(), "\"" + s + "\" is not a time.");
        }
    }

    /// Whether a result is the one said: a number, the name of an error, or `*`.
    boolean accepts(Arg said, long is) {
        String s = said.text();
        if (s.equals("*")) {
            return true;
        }
        if (!s.isEmpty() && s.charAt(0) == 'E') {
            return is == errno(said).negative();
        }
        return number(said) == is;
    }

    /// Whether a value is the one said: a number, a range, or the name of an error for its number.
    boolean acceptsValue(Arg said, long is) {
        String s = said.text();
        int dots = s.indexOf("..");
        if (dots > 0) {
            return is >= Long.parseLong(s.substring(0, dots)) && is <= Long.parseLong(s.substring(dots + 2));
        }
        if (s.charAt(0) == 'E') {
            return is == errno(said).code();
        }
        return s.equals("*") || (s.endsWith("s") ? duration(said) : number(said)) == is;
    }

    private static Errno errno(Arg said) {
        try {
            return Errno.valueOf(said.text());
        } catch (IllegalArgumentException e) {
            throw new ScriptFailure(said.place(), "\"" + said.text() + "\" is not the name of an error.");
        }
    }

    // ---- addresses

    /// `PORT`, `ADDRESS:PORT` or `*:PORT`; a port alone is one of the host.
    InetSockAddress own(Arg a) {
        return address(a, host);
    }

    /// The same; a port alone is one of the peer.
    InetSockAddress peer(Arg a) {
        return address(a, peer);
    }

    private static InetSockAddress address(Arg a, String otherwise) {
        String s = a.text();
        int colon = s.lastIndexOf(':');
        String ip = colon < 0 ? otherwise : s.substring(0, colon);
        try {
            int port = Integer.parseInt(s.substring(colon + 1));
            return InetSockAddress.of(ip.equals("*") ? IpAddress.ANY_V4 : IpAddress.parse(ip), port);
        } catch (IllegalArgumentException e) {
            throw new ScriptFailure(a.place(), "\"" + s + "\" is not an address and a port, as in 10.0.0.1:80.");
        }
    }

    // ---- names

    int choice(Arg a, Map<String, Integer> names) {
        Integer n = names.get(a.text());
        if (n == null) {
            throw new ScriptFailure(
                    a.place(),
                    "\"" + a.text() + "\" is none of " + String.join(", ", new TreeMap<>(names).keySet()) + ".");
        }
        return n;
    }

    private int bits(Arg a, Map<String, Integer> names) {
        int bits = 0;
        for (String name : a.text().split("\\|", -1)) {
            bits |= name.equals("0") ? 0 : choice(new Arg(a.form(), name, a.place()), names);
        }
        return bits;
    }

    int messageFlags(@Nullable Arg a) {
        return a == null ? 0 : bits(a, FLAGS);
    }

    int events(Arg a) {
        return bits(a, EVENTS);
    }

    static String eventNames(int bits) {
        List<String> names = new ArrayList<>();
        EVENTS.forEach((name, bit) -> {
            if ((bits & bit) != 0) {
                names.add(name);
            }
        });
        return names.isEmpty() ? "0" : String.join("|", names);
    }

    int ioctl(Arg a) {
        return choice(a, REQUESTS);
    }

    /// Type and protocol of `socket(tcp)`, `socket(udp, nonblock)`, `socket(ping)`, `socket(raw, 253)`.
    int[] socketKind(Call call) {
        Arg kind = call.args().getFirst();
        int flags = 0;
        int protocol = 0;
        for (Arg a : call.args().subList(1, call.args().size())) {
            if (a.text().equals("nonblock")) {
                flags = NONBLOCK;
            } else {
                protocol = (int) number(a);
            }
        }
        return switch (kind.text()) {
            case "tcp" -> new int[] {STREAM | flags, 6};
            case "udp" -> new int[] {DGRAM | flags, 17};
            case "ping" -> new int[] {DGRAM | flags, 1};
            case "raw" -> new int[] {RAW | flags, protocol};
            default -> throw new ScriptFailure(kind.place(), "a socket is tcp, udp, ping or raw.");
        };
    }

    SocketOptionNames.Entry option(Arg a) {
        return SocketOptionNames.of(a.text());
    }

    /// The value that `setsockopt` sets: a number, a time, text, or the two numbers of SO_LINGER.
    OptionValue optionValue(Call call, SocketOptionNames.Entry option) {
        Arg a = call.args().get(2);
        Arg second = call.arg(3);
        if (a.form() == Call.Form.TEXT) {
            return OptionValue.of(a.text());
        }
        if (second != null) {
            return OptionValue.linger(number(a) != 0, (int) number(second));
        }
        return OptionValue.of(a.text().endsWith("s") ? duration(a) : number(a));
    }
}

package dev.netstack4j.cli.control.calls;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.message.Request;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the value of an option is in Linux, as JSON and as bytes of a 64-bit little-endian machine.
enum OptionForm {
    /// An `int`.
    NUMBER,
    /// `struct linger`.
    LINGER,
    /// `struct timeval`; in the stack nanoseconds.
    TIME,
    /// Characters.
    TEXT,
    /// `struct tcp_info`.
    TCP_INFO;

    private static final long SECOND = 1_000_000_000L;
    private static final int MICRO = 1000;
    private static final int MICROS = 1_000_000;
    private static final int TEXT_BYTES = 16;

    static OptionForm of(int level, int name) {
        if (level == SocketOption.SOL_SOCKET) {
            return switch (name) {
                case SocketOption.SO_LINGER -> LINGER;
                case SocketOption.SO_RCVTIMEO, SocketOption.SO_SNDTIMEO -> TIME;
                case SocketOption.SO_BINDTODEVICE -> TEXT;
                default -> NUMBER;
            };
        }
        if (level == SocketOption.SOL_TCP) {
            return switch (name) {
                case SocketOption.TCP_CONGESTION -> TEXT;
                case SocketOption.TCP_INFO -> TCP_INFO;
                default -> NUMBER;
            };
        }
        return NUMBER;
    }

    // ---- from the client

    /// The value of a request.
    ///
    /// @param level of the option: those of IP may be a single byte
    /// @throws NetException EINVAL for a value that is too short, as in C
    OptionValue read(@Nullable Object value, int level) throws Fault, NetException {
        return switch (value) {
            case Long n -> this == NUMBER ? OptionValue.of(asInt(n)) : tooShort();
            case Boolean b -> this == NUMBER ? OptionValue.of(b ? 1 : 0) : tooShort();
            case String s -> this == TEXT ? OptionValue.of(s) : fromBytes(s.getBytes(StandardCharsets.UTF_8), level);
            case Map<?, ?> _ -> fromObject(Request.asObject("value", value), level);
            case null, default -> throw Fault.field("value", "has no form that an option's value may have");
        };
    }

    private static int asInt(long n) throws Fault {
        if (n < Integer.MIN_VALUE || n > 0xFFFF_FFFFL) {
            throw Fault.field("value", "must fit into 32 bits");
        }
        return (int) n;
    }

    private static OptionValue tooShort() throws NetException {
        throw new NetException(Errno.EINVAL, "read the option's value");
    }

    private OptionValue fromObject(Request object, int level) throws Fault, NetException {
        if (object.has("bytes")) {
            return fromBytes(object.hex("bytes"), level);
        }
        return switch (this) {
            case LINGER -> OptionValue.linger(object.number("onoff") != 0, object.integer("linger"));
            case TIME -> time(object.number("sec"), object.number("usec", 0));
            default -> throw Fault.field("value", "has no form that this option's value may have");
        };
    }

    private static OptionValue time(long seconds, long micros) throws NetException {
        if (micros < 0 || micros >= MICROS) {
            throw new NetException(Errno.EDOM, "read the option's time");
        }
        if (seconds < 0) {
            return OptionValue.of(1); // Linux: never wait
        }
        boolean huge = seconds > Long.MAX_VALUE / SECOND - 1;
        return OptionValue.of(huge ? 0 : seconds * SECOND + micros * MICRO);
    }

    private OptionValue fromBytes(byte[] bytes, int level) throws NetException {
        ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = bytes.length;
        return switch (this) {
            case NUMBER -> number(b, length, level);
            case LINGER -> length < 8 ? tooShort() : OptionValue.linger(b.getInt() != 0, b.getInt());
            case TIME -> length < 16 ? tooShort() : time(b.getLong(), b.getLong());
            case TEXT -> length < 1 ? tooShort() : OptionValue.of(upToZero(bytes));
            case TCP_INFO -> OptionValue.of(0);
        };
    }

    private static OptionValue number(ByteBuffer b, int length, int level) throws NetException {
        if (length >= 4) {
            return OptionValue.of(b.getInt());
        }
        return level == SocketOption.SOL_IP && length >= 1 ? OptionValue.of(b.get() & 0xFF) : tooShort();
    }

    private static String upToZero(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    // ---- to the client

    /// A value as JSON.
    Object json(OptionValue v) {
        return switch (this) {
            case NUMBER -> v.number();
            case LINGER -> pair("onoff", v.number(), "linger", v.second());
            case TIME -> pair("sec", v.number() / SECOND, "usec", v.number() % SECOND / MICRO);
            case TEXT -> v.text();
            case TCP_INFO -> TcpInfoLayout.complete(v.fields());
        };
    }

    private static Map<String, Long> pair(String first, long one, String second, long other) {
        Map<String, Long> fields = new LinkedHashMap<>();
        fields.put(first, one);
        fields.put(second, other);
        return fields;
    }

    /// A value as Linux lays it out.
    byte[] bytes(OptionValue v) {
        return switch (this) {
            case NUMBER -> buffer(4).putInt((int) v.number()).array();
            case LINGER ->
                buffer(8).putInt((int) v.number()).putInt((int) v.second()).array();
            case TIME ->
                buffer(16)
                        .putLong(v.number() / SECOND)
                        .putLong(v.number() % SECOND / MICRO)
                        .array();
            case TEXT -> Arrays.copyOf(v.text().getBytes(StandardCharsets.UTF_8), TEXT_BYTES);
            case TCP_INFO -> TcpInfoLayout.bytes(v.fields());
        };
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}

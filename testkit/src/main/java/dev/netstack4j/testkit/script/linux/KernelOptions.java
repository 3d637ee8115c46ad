package dev.netstack4j.testkit.script.linux;

import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SocketOption;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;

/// Socket options of the kernel: which of them is a number, a `timeval`, a `linger`, text or a `tcp_info`.
final class KernelOptions {
    private static final long SECOND = 1_000_000_000L;
    private static final long MICRO = 1000;

    private KernelOptions() {}

    private enum Shape {
        NUMBER,
        TIME,
        LINGER,
        TEXT,
        KEYS,
        INFO
    }

    private static Shape shape(int level, int name) {
        if (level == SocketOption.SOL_SOCKET) {
            return switch (name) {
                case SocketOption.SO_RCVTIMEO, SocketOption.SO_SNDTIMEO -> Shape.TIME;
                case SocketOption.SO_LINGER -> Shape.LINGER;
                case SocketOption.SO_BINDTODEVICE -> Shape.TEXT;
                default -> Shape.NUMBER;
            };
        }
        if (level == SocketOption.SOL_TCP) {
            return switch (name) {
                case SocketOption.TCP_CONGESTION -> Shape.TEXT;
                case SocketOption.TCP_FASTOPEN_KEY -> Shape.KEYS;
                case SocketOption.TCP_INFO -> Shape.INFO;
                default -> Shape.NUMBER;
            };
        }
        return Shape.NUMBER;
    }

    static int set(int fd, int level, int name, OptionValue value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment m = write(shape(level, name), value, arena);
            return (int) SystemCall.SETSOCKOPT.call(fd, level, name, m, (int) m.byteSize());
        }
    }

    private static MemorySegment write(Shape shape, OptionValue value, Arena arena) {
        return switch (shape) {
            case TIME ->
                arena.allocateFrom(ValueLayout.JAVA_LONG, value.number() / SECOND, value.number() % SECOND / MICRO);
            case LINGER -> arena.allocateFrom(ValueLayout.JAVA_INT, (int) value.number(), (int) value.second());
            case TEXT -> arena.allocateFrom(value.text());
            case KEYS -> keys(value.text(), arena);
            case NUMBER, INFO -> arena.allocateFrom(ValueLayout.JAVA_INT, (int) value.number());
        };
    }

    /// Keys of Fast Open: words of 32 bits in hexadecimal digits, written as bytes with the lowest first.
    private static MemorySegment keys(String text, Arena arena) {
        int[] words = Arrays.stream(text.split("[-,]", -1))
                .mapToInt(HexFormat::fromHexDigits)
                .toArray();
        return arena.allocateFrom(ValueLayout.JAVA_INT, words);
    }

    private static String keys(MemorySegment m, int length) {
        StringBuilder s = new StringBuilder();
        for (int at = 0; at < length; at += 4) {
            s.append(at == 0 ? "" : at % 16 == 0 ? "," : "-");
            s.append(HexFormat.of().toHexDigits(m.get(ValueLayout.JAVA_INT, at)));
        }
        return s.toString();
    }

    static int get(int fd, int level, int name, OptionValue into) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment m = arena.allocate(TcpInfoLayout.SIZE, 8);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, TcpInfoLayout.SIZE);
            int result = (int) SystemCall.GETSOCKOPT.call(fd, level, name, m, length);
            if (result == 0) {
                read(shape(level, name), m, length.get(ValueLayout.JAVA_INT, 0), into);
            }
            return result;
        }
    }

    private static void read(Shape shape, MemorySegment m, int length, OptionValue into) {
        switch (shape) {
            case TIME ->
                into.number(m.get(ValueLayout.JAVA_LONG, 0) * SECOND + m.get(ValueLayout.JAVA_LONG, 8) * MICRO);
            case LINGER -> {
                into.number(m.get(ValueLayout.JAVA_INT, 0));
                into.second(m.get(ValueLayout.JAVA_INT, 4));
            }
            case TEXT -> into.text(m.getString(0));
            case KEYS -> into.text(keys(m, length));
            case INFO -> TcpInfoLayout.read(m, into.fields());
            case NUMBER -> into.number(length == 1 ? m.get(ValueLayout.JAVA_BYTE, 0) : m.get(ValueLayout.JAVA_INT, 0));
        }
    }
}

package dev.netstack4j.bus.qemu.qtest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Cuts what QEMU says into lines and says what each is, allocating nothing for the usual ones: `OK`, `OK 0x…`,
/// `IRQ raise 20`, `IRQ lower 20`. The thread that reads the socket.
final class ReplyReader {
    private static final int LONGEST = 512;

    private final byte[] line = new byte[LONGEST];
    private final Sink sink;
    private int length;

    /// Who is told.
    interface Sink {
        /// The next command was carried out. The value is 0 if there is none.
        void answered(long value);

        /// The next command was refused.
        void refused(String why);

        /// A pin of the interrupt controller changed.
        void pin(int number, boolean high);
    }

    ReplyReader(Sink sink) {
        this.sink = sink;
    }

    void take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (b == '\n') {
                finish();
                length = 0;
            } else if (length < LONGEST) {
                line[length++] = b;
            }
        }
    }

    private void finish() {
        if (startsWith("OK")) {
            sink.answered(length > 5 ? hex(5) : 0);
        } else if (startsWith("IRQ raise ")) {
            sink.pin(decimal(10), true);
        } else if (startsWith("IRQ lower ")) {
            sink.pin(decimal(10), false);
        } else {
            sink.refused(new String(line, 0, length, StandardCharsets.US_ASCII));
        }
    }

    private boolean startsWith(String text) {
        if (length < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (line[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private long hex(int from) {
        long value = 0;
        for (int i = from; i < length; i++) {
            value = value << 4 | Character.digit(line[i], 16);
        }
        return value;
    }

    private int decimal(int from) {
        int value = 0;
        for (int i = from; i < length && line[i] >= '0' && line[i] <= '9'; i++) {
            value = value * 10 + line[i] - '0';
        }
        return value;
    }
}

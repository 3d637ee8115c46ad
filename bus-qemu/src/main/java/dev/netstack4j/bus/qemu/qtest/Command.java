package dev.netstack4j.bus.qemu.qtest;

import java.nio.ByteBuffer;

/// Writes one command of the protocol into a buffer, allocating nothing.
final class Command {
    private static final int LONGEST = 64;
    private static final String DIGITS = "0123456789abcdef";

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LONGEST);

    ByteBuffer read(Width width, long address) {
        buffer.clear();
        ascii(width.read);
        hex(address);
        return end();
    }

    ByteBuffer write(Width width, long address, int value) {
        buffer.clear();
        ascii(width.write);
        hex(address);
        buffer.put((byte) ' ').put((byte) '0').put((byte) 'x');
        hex(value & 0xFFFF_FFFFL);
        return end();
    }

    ByteBuffer text(String text) {
        buffer.clear();
        ascii(text);
        return end();
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            buffer.put((byte) text.charAt(i));
        }
    }

    private ByteBuffer end() {
        return buffer.put((byte) '\n').flip();
    }

    private void hex(long value) {
        int shift = Math.max(0, 63 - Long.numberOfLeadingZeros(value) & ~3);
        for (; shift >= 0; shift -= 4) {
            buffer.put((byte) DIGITS.charAt((int) (value >>> shift) & 15));
        }
    }
}

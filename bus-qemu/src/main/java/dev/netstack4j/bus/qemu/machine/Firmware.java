package dev.netstack4j.bus.qemu.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Firmware that halts the processor, so that the machine costs no time: nothing but halt instructions, and at the
/// reset vector a halt with a jump back to it.
final class Firmware {
    private static final int SIZE = 1 << 16;
    private static final int RESET_VECTOR = 0xFFF0;
    private static final byte HALT = (byte) 0xF4;
    private static final byte[] HALT_FOR_EVER = {HALT, (byte) 0xEB, (byte) 0xFD};

    private Firmware() {}

    static Path write(Path file) throws IOException {
        byte[] image = new byte[SIZE];
        Arrays.fill(image, HALT);
        System.arraycopy(HALT_FOR_EVER, 0, image, RESET_VECTOR, HALT_FOR_EVER.length);
        return Files.write(file, image);
    }
}

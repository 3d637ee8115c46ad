package dev.netstack4j.cli.pcapng;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.testkit.requires.Requires;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapngWriterTest {
    private static final long TIME = 1_763_682_000_123_456_789L;

    /// An ARP request, unpadded.
    private static final byte[] FRAME = HexFormat.of()
            .parseHex("ffffffffffff02000000000a0806" + "0001080006040001" + "02000000000a0a000001"
                    + "0000000000000a000002");

    @TempDir
    Path folder;

    @Test
    void blocksAreAlignedAndSayTheirLengthTwice() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(capture(1, 2, 3, 4, 5)).order(ByteOrder.LITTLE_ENDIAN);
        int blocks = 0;
        while (file.hasRemaining()) {
            int at = file.position();
            int length = file.getInt(at + 4);
            assertEquals(0, length % 4);
            assertEquals(length, file.getInt(at + length - 4));
            file.position(at + length);
            blocks++;
        }
        assertEquals(7, blocks);
    }

    @Test
    void aFrameHasItsTimeItsLengthAndItsBytes() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(capture(FRAME.length)).order(ByteOrder.LITTLE_ENDIAN);
        int at = file.getInt(4);
        at += file.getInt(at + 4);
        assertEquals(6, file.getInt(at));
        assertEquals(TIME, (long) file.getInt(at + 12) << 32 | Integer.toUnsignedLong(file.getInt(at + 16)));
        assertEquals(FRAME.length, file.getInt(at + 20));
        assertEquals(FRAME.length, file.getInt(at + 24));
        assertEquals(-1, file.get(at + 28));
    }

    @Test
    @Requires(programs = "tshark")
    void tsharkReadsItWithNanoseconds() throws Exception {
        Path file = Files.write(folder.resolve("capture.pcapng"), capture(FRAME.length, FRAME.length));
        Process tshark = new ProcessBuilder(
                        "tshark",
                        "-r",
                        file.toString(),
                        "-T",
                        "fields",
                        "-e",
                        "frame.time_epoch",
                        "-e",
                        "arp.dst.proto_ipv4",
                        "-e",
                        "frame.interface_name")
                .redirectErrorStream(false)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(tshark.waitFor(30, TimeUnit.SECONDS));
        String line = "1763682000.123456789\t10.0.0.2\tA.eth0\n";
        assertEquals(line + line, text);
    }

    private static byte[] capture(int... lengths) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(Channels.newChannel(bytes), "A.eth0")) {
            for (int length : lengths) {
                writer.beginPacket(TIME, length, length).put(FRAME, 0, length);
                writer.endPacket(PcapngWriter.Direction.OUTBOUND);
            }
        }
        return bytes.toByteArray();
    }
}

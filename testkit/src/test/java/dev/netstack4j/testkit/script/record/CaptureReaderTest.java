package dev.netstack4j.testkit.script.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureReaderTest {
    private static final byte[] FRAME = new byte[34];

    static {
        FRAME[12] = 8;
        FRAME[14] = 0x45;
    }

    @TempDir
    Path folder;

    private List<CaptureReader.Captured> read(ByteBuffer b) throws IOException {
        Path file = folder.resolve("capture");
        Files.write(file, Arrays.copyOf(b.array(), b.position()));
        return CaptureReader.read(file);
    }

    private static ByteBuffer pcap(ByteOrder order, int magic, int link, byte[] packet) {
        ByteBuffer b = ByteBuffer.allocate(200).order(order);
        b.putInt(magic)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65535)
                .putInt(link);
        b.putInt(3).putInt(5).putInt(packet.length).putInt(packet.length);
        return b.put(packet);
    }

    @Test
    void pcapOfEitherByteOrderWithMicrosecondsOrNanoseconds() throws IOException {
        CaptureReader.Captured little =
                read(pcap(ByteOrder.LITTLE_ENDIAN, 0xA1B2C3D4, 1, FRAME)).getFirst();
        assertEquals(3_000_005_000L, little.nanos());
        assertArrayEquals(FRAME, little.bytes());
        CaptureReader.Captured big =
                read(pcap(ByteOrder.BIG_ENDIAN, 0xA1B23C4D, 1, FRAME)).getFirst();
        assertEquals(3_000_000_005L, big.nanos());
        assertArrayEquals(FRAME, big.bytes());
    }

    @Test
    void packetsWithoutAnEthernetHeaderGetOne() throws IOException {
        byte[] ip = Arrays.copyOfRange(FRAME, 14, FRAME.length);
        assertArrayEquals(
                FRAME,
                read(pcap(ByteOrder.LITTLE_ENDIAN, 0xA1B2C3D4, 101, ip))
                        .getFirst()
                        .bytes());
        byte[] cooked = new byte[16 + ip.length];
        System.arraycopy(ip, 0, cooked, 16, ip.length);
        assertArrayEquals(
                FRAME,
                read(pcap(ByteOrder.LITTLE_ENDIAN, 0xA1B2C3D4, 113, cooked))
                        .getFirst()
                        .bytes());
    }

    @Test
    void pcapngWithTheUnitThatTheInterfaceSays() throws IOException {
        ByteBuffer b = ByteBuffer.allocate(300).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(0x0A0D0D0A).putInt(28).putInt(0x1A2B3C4D).putShort((short) 1).putShort((short) 0);
        b.putLong(-1).putInt(28);
        b.putInt(1).putInt(32).putShort((short) 1).putShort((short) 0).putInt(0);
        b.putShort((short) 9).putShort((short) 1).putInt(9).putInt(0).putInt(32);
        b.putInt(6)
                .putInt(32 + 36)
                .putInt(0)
                .putInt(1)
                .putInt(7)
                .putInt(34)
                .putInt(34)
                .put(FRAME);
        b.putShort((short) 0).putInt(32 + 36);
        CaptureReader.Captured one = read(b).getFirst();
        assertEquals((1L << 32) + 7, one.nanos());
        assertArrayEquals(FRAME, one.bytes());
    }

    @Test
    void aFileThatIsCutIsSaidToBeDamaged() {
        ByteBuffer whole = pcap(ByteOrder.LITTLE_ENDIAN, 0xA1B2C3D4, 1, FRAME);
        whole.position(whole.position() - 3);
        assertThrows(IOException.class, () -> read(whole));
        assertThrows(IOException.class, () -> read(pcap(ByteOrder.LITTLE_ENDIAN, 0xA1B2C3D4, 147, FRAME)));
        assertThrows(IOException.class, () -> read(ByteBuffer.allocate(8)));
        assertThrows(
                IOException.class,
                () -> read(ByteBuffer.allocate(10).putInt(0xA1B2C3D4).putInt(0)));
    }

    @Test
    void aBlockWithoutALengthEndsTheReading() {
        ByteBuffer b = ByteBuffer.allocate(24).putInt(0x0A0D0D0A).putInt(0);
        b.putInt(0x1A2B3C4D).putInt(0).putLong(0);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThrows(IOException.class, () -> read(b)));
    }
}

package dev.netstack4j.cli.pcapng;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/// Writes a pcapng file: one section, one Ethernet interface, one enhanced packet block per frame, little-endian. Each
/// block is
///
/// ```
/// 0      4        8                 length-4
/// type | length | body, options   | length
/// ```
///
/// with everything padded to 4 bytes. Not thread-safe.
public final class PcapngWriter implements Closeable {
    /// Longest frame that is kept whole.
    public static final int SNAP_LENGTH = 262_144;

    private static final int SECTION_HEADER = 0x0A0D_0D0A;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B_3C4D;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int LINK_ETHERNET = 1;
    private static final int OPTION_END = 0;
    private static final int OPTION_NAME = 2;
    private static final int OPTION_FLAGS = 2;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_APPLICATION = 4;
    private static final int NANOSECONDS = 9;

    private final WritableByteChannel out;
    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(SNAP_LENGTH + (1 << 20)).order(ByteOrder.LITTLE_ENDIAN);
    private int packetAt;

    /// Begins the file.
    ///
    /// @param interfaceName of the one interface
    public PcapngWriter(WritableByteChannel out, String interfaceName) throws IOException {
        this.out = out;
        int section = begin(SECTION_HEADER);
        buffer.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
        text(OPTION_APPLICATION, "netstack4j");
        end(section);
        int description = begin(INTERFACE_DESCRIPTION);
        buffer.putShort((short) LINK_ETHERNET).putShort((short) 0).putInt(SNAP_LENGTH);
        text(OPTION_NAME, interfaceName);
        buffer.putShort((short) OPTION_RESOLUTION).putShort((short) 1).putInt(NANOSECONDS);
        end(description);
        flush();
    }

    /// Begins the block of a frame: its bytes are to be put into the buffer that is returned, up to `kept`, before
    /// [#endPacket].
    ///
    /// @param wallNanos since 1970-01-01 UTC
    /// @param kept      bytes that will be put, at most [#SNAP_LENGTH]
    /// @param original  bytes that the frame had
    public ByteBuffer beginPacket(long wallNanos, int kept, int original) throws IOException {
        if (buffer.remaining() < kept + 64) {
            flush();
        }
        packetAt = begin(ENHANCED_PACKET);
        buffer.putInt(0).putInt((int) (wallNanos >>> 32)).putInt((int) wallNanos);
        buffer.putInt(kept).putInt(original);
        return buffer;
    }

    /// Ends the block of a frame.
    public void endPacket(Direction direction) {
        pad();
        buffer.putShort((short) OPTION_FLAGS).putShort((short) 4).putInt(direction.ordinal() + 1);
        end(packetAt);
    }

    private int begin(int type) {
        int at = buffer.position();
        buffer.putInt(type).putInt(0);
        return at;
    }

    private void end(int at) {
        buffer.putShort((short) OPTION_END).putShort((short) 0);
        int length = buffer.position() - at + 4;
        buffer.putInt(length);
        buffer.putInt(at + 4, length);
    }

    private void text(int option, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        buffer.putShort((short) option).putShort((short) bytes.length).put(bytes);
        pad();
    }

    private void pad() {
        while (buffer.position() % 4 != 0) {
            buffer.put((byte) 0);
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        flush();
        out.close();
    }

    /// Which way a frame went.
    public enum Direction {
        /// It was received.
        INBOUND,
        /// It was sent.
        OUTBOUND
    }
}

package dev.netstack4j.testkit.script.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads captures: pcap with microseconds or nanoseconds, and pcapng. Frames of other link kinds than Ethernet get an
/// Ethernet header, so that all are read alike.
final class CaptureReader {
    private static final int PCAP_MICRO = 0xA1B2_C3D4;
    private static final int PCAP_NANO = 0xA1B2_3C4D;
    private static final int PCAPNG_SECTION = 0x0A0D_0D0A;
    private static final int PCAPNG_MAGIC = 0x1A2B_3C4D;
    private static final int PCAPNG_INTERFACE = 1;
    private static final int PCAPNG_SIMPLE = 3;
    private static final int PCAPNG_PACKET = 6;
    /// Bytes of the shortest block.
    private static final int PCAPNG_LEAST = 12;

    private static final int OPTION_RESOLUTION = 9;
    private static final int PCAP_HEADER = 24;
    private static final long SECOND = 1_000_000_000L;

    private final Path file;
    private final ByteBuffer in;
    private final List<Captured> frames = new ArrayList<>();
    private final List<int[]> interfaces = new ArrayList<>();

    private CaptureReader(Path file, byte[] bytes) {
        this.file = file;
        in = ByteBuffer.wrap(bytes);
    }

    /// A frame of a capture.
    ///
    /// @param nanos since some instant
    /// @param bytes with an Ethernet header
    record Captured(long nanos, byte[] bytes) {}

    /// All frames of a file, in its order.
    ///
    /// @throws IOException when it cannot be read or is no capture
    static List<Captured> read(Path file) throws IOException {
        CaptureReader r = new CaptureReader(file, Files.readAllBytes(file));
        try {
            r.readAll();
        } catch (java.nio.BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(file + " ends within a packet, or is damaged", e);
        }
        return r.frames;
    }

    private void readAll() throws IOException {
        int magic = in.remaining() < 4 ? 0 : in.getInt(0);
        if (magic == PCAPNG_SECTION) {
            pcapng();
        } else if (magic == PCAP_MICRO || magic == PCAP_NANO) {
            pcap(magic == PCAP_NANO);
        } else if (Integer.reverseBytes(magic) == PCAP_MICRO || Integer.reverseBytes(magic) == PCAP_NANO) {
            in.order(ByteOrder.LITTLE_ENDIAN);
            pcap(Integer.reverseBytes(magic) == PCAP_NANO);
        } else {
            throw new IOException(file + " is neither pcap nor pcapng");
        }
    }

    // ---- pcap

    private void pcap(boolean nano) throws IOException {
        int link = in.getInt(20) & 0xFFFF;
        in.position(PCAP_HEADER);
        while (in.remaining() >= 16) {
            long seconds = in.getInt() & 0xFFFF_FFFFL;
            long part = in.getInt() & 0xFFFF_FFFFL;
            int kept = in.getInt();
            in.getInt();
            add(seconds * SECOND + (nano ? part : part * 1000), link, bytes(kept));
        }
    }

    private byte[] bytes(int length) {
        if (length < 0 || length > in.remaining()) {
            throw new java.nio.BufferUnderflowException();
        }
        byte[] b = new byte[length];
        in.get(b);
        return b;
    }

    // ---- pcapng

    private void pcapng() throws IOException {
        while (in.remaining() >= PCAPNG_LEAST) {
            int at = in.position();
            int type = in.getInt(at);
            if (type == PCAPNG_SECTION) {
                in.order(ByteOrder.BIG_ENDIAN);
                in.order(in.getInt(at + 8) == PCAPNG_MAGIC ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
                interfaces.clear();
            }
            type = in.getInt(at);
            int length = in.getInt(at + 4);
            if (length < PCAPNG_LEAST) {
                throw new IllegalArgumentException("a block of " + length + " bytes");
            }
            block(type, at + 8, at + length - 4);
            in.position(at + length);
        }
    }

    private void block(int type, int at, int end) throws IOException {
        if (type == PCAPNG_INTERFACE) {
            interfaces.add(new int[] {in.getShort(at) & 0xFFFF, resolution(at + 8, end)});
        } else if (type == PCAPNG_PACKET) {
            int[] i = interfaces.get(in.getInt(at));
            long units = (in.getInt(at + 4) & 0xFFFF_FFFFL) << 32 | in.getInt(at + 8) & 0xFFFF_FFFFL;
            in.position(at + 20);
            add(nanos(units, i[1]), i[0], bytes(in.getInt(at + 12)));
        } else if (type == PCAPNG_SIMPLE) {
            throw new IOException(file + " has packets without times");
        }
    }

    /// The exponent of an interface's unit of time: 6 for microseconds; from 128 on a power of two.
    private int resolution(int from, int end) {
        for (int at = from; at + 4 <= end; ) {
            int code = in.getShort(at) & 0xFFFF;
            int length = in.getShort(at + 2) & 0xFFFF;
            if (code == OPTION_RESOLUTION) {
                return in.get(at + 4) & 0xFF;
            }
            if (code == 0) {
                break;
            }
            at += 4 + (length + 3) / 4 * 4;
        }
        return 6;
    }

    private static long nanos(long units, int resolution) {
        if (resolution >= 128) {
            int bits = resolution - 128;
            return (units >>> bits) * SECOND + ((units & (1L << bits) - 1) * SECOND >>> bits);
        }
        long nanos = units;
        for (int i = resolution; i < 9; i++) {
            nanos *= 10;
        }
        for (int i = 9; i < resolution; i++) {
            nanos /= 10;
        }
        return nanos;
    }

    // ---- link kinds

    private void add(long nanos, int link, byte[] f) throws IOException {
        switch (link) {
            case 1 -> frames.add(new Captured(nanos, f));
            case 12, 101, 228 -> frames.add(new Captured(nanos, ethernet(f, 0)));
            case 113 -> frames.add(new Captured(nanos, ethernet(f, 16)));
            case 276 -> frames.add(new Captured(nanos, ethernet(f, 20)));
            default ->
                throw new IOException(file + " has link kind " + link + "; Ethernet, raw IP and Linux's are read");
        }
    }

    private static byte[] ethernet(byte[] f, int ipAt) {
        byte[] made = new byte[Math.max(14, f.length - ipAt + 14)];
        boolean four = f.length > ipAt && (f[ipAt] & 0xF0) == 0x40;
        made[12] = (byte) (four ? 0x08 : 0x86);
        made[13] = (byte) (four ? 0x00 : 0xDD);
        if (f.length > ipAt) {
            System.arraycopy(f, ipAt, made, 14, f.length - ipAt);
        }
        return made;
    }
}

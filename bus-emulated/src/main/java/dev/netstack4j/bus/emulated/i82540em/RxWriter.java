package dev.netstack4j.bus.emulated.i82540em;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.bus.emulated.dma.DmaPort;
import dev.netstack4j.bus.emulated.silicon.AddressFilter;
import dev.netstack4j.bus.emulated.silicon.Frames;
import dev.netstack4j.bus.emulated.silicon.HeaderView;
import dev.netstack4j.bus.emulated.silicon.Ring;
import dev.netstack4j.bus.emulated.silicon.RxChecksum;
import java.lang.foreign.MemorySegment;

/// Writes frames into the receive ring.
///
/// ```
///  63            48 47    40 39    32 31            16 15             0
/// |                     buffer address                                |
/// | special (VLAN) | errors | status | packet checksum | length       |
/// ```
final class RxWriter {
    private static final long DD = 1;
    private static final long EOP = 1 << 1;
    private static final int VP = 1 << 3;
    private static final int PIF = 1 << 7;
    private static final int RXE = 1 << 7;
    private static final int LEAST_FRAME = 60;
    private static final int FCS = 4;
    private static final int TAG = 4;
    private static final int TAG_AT = 12;

    private final DmaPort dma;
    private final PhysicalMemory memory;
    private final MemorySegment segment;
    private final RxConfig config;
    private final HeaderView header;
    private final RxChecksum checksum = new RxChecksum();
    private final Ring ring = new Ring();
    private boolean busMaster;
    private boolean usable;
    private boolean fault;
    private int fcs;

    RxWriter(DmaPort dma, RxConfig config, HeaderView header) {
        this.dma = dma;
        this.memory = dma.memory();
        this.segment = memory.segment();
        this.config = config;
        this.header = header;
    }

    Ring ring() {
        return ring;
    }

    void configure(int[] file) {
        ring.configure(file[Reg.RDBAL >> 2], file[Reg.RDBAH >> 2], file[Reg.RDLEN >> 2]);
        checksum.configure(file[Reg.RXCSUM >> 2]);
    }

    void busMaster(boolean allowed) {
        busMaster = allowed;
    }

    /// A batch begins: looks once whether the ring may be used.
    void begin() {
        usable = busMaster && ring.available() > 0 && dma.mayWrite(ring.base(), ring.bytes(), "receive descriptors");
    }

    /// Writes frame `f`, which the header view shows.
    ///
    /// @return descriptors used; 0 when there are too few
    int write(FrameBatch b, int f, int length, int match) {
        boolean strip = config.stripVlan && length >= TAG_AT + TAG + 2 && header.get16(TAG_AT) == config.vlanType;
        int bytes = Math.max(length, LEAST_FRAME) - (strip ? TAG : 0) + (config.stripFcs ? 0 : FCS);
        int need = bytes + (1 << config.bufferShift) - 1 >>> config.bufferShift;
        if (!usable || ring.available() < need) {
            return 0;
        }
        fault = false;
        if (need == 1 && !strip && config.stripFcs && length >= LEAST_FRAME) {
            writeWhole(b, f, bytes);
        } else {
            writeParts(b, f, length, bytes, need, strip);
        }
        if ((b.flags(f) & FrameBatch.NEEDS_CSUM) != 0) {
            complete(b, f, length, strip);
        }
        writeBack(b, f, length, bytes, need, strip, match);
        return need;
    }

    private void writeWhole(FrameBatch b, int f, int bytes) {
        long buffer = buffer(ring.head(), bytes);
        if (buffer >= 0) {
            b.copyFrame(f, segment, buffer, bytes);
        }
    }

    private long buffer(int index, int bytes) {
        long at = memory.get64LeAcquire(ring.at(index));
        if (dma.mayWrite(at, bytes, "a receive buffer")) {
            return at;
        }
        fault = true;
        return -1;
    }

    private void writeParts(FrameBatch b, int f, int length, int bytes, int need, boolean strip) {
        fcs = config.stripFcs ? 0 : computeFcs(b, f, length);
        int index = ring.head();
        int done = 0;
        for (int i = 0; i < need; i++) {
            int n = Math.min(1 << config.bufferShift, bytes - done);
            long at = buffer(index, n);
            if (at >= 0) {
                writePart(b, f, length, strip, done, n, at);
            }
            done += n;
            index = ring.next(index);
        }
    }

    /// Writes `n` bytes from position `from` of what the driver is to see: the frame without its tag, padding, FCS.
    private void writePart(FrameBatch b, int f, int length, boolean strip, int from, int n, long to) {
        int gap = strip ? TAG : 0;
        int position = from;
        int end = from + n;
        if (strip && position < TAG_AT) {
            int part = Math.min(TAG_AT, end) - position;
            Frames.copy(b, f, position, part, segment, to);
            position += part;
        }
        int frameEnd = Math.min(end, length - gap);
        if (position < frameEnd) {
            Frames.copy(b, f, position + gap, frameEnd - position, segment, to + position - from);
            position = frameEnd;
        }
        int padEnd = Math.max(length, LEAST_FRAME) - gap;
        for (; position < end; position++) {
            segment.set(java.lang.foreign.ValueLayout.JAVA_BYTE, to + position - from, tailByte(position - padEnd));
        }
    }

    private byte tailByte(int behindPadding) {
        return behindPadding < 0 ? 0 : (byte) (fcs >>> 8 * behindPadding);
    }

    private static int computeFcs(FrameBatch b, int f, int length) {
        byte[] all = new byte[Math.max(length, LEAST_FRAME)];
        Frames.copy(b, f, 0, length, MemorySegment.ofArray(all), 0);
        return Frames.fcs(all, all.length);
    }

    /// A wire may leave a checksum to be completed; a driver of this chip expects complete frames.
    private void complete(FrameBatch b, int f, int length, boolean strip) {
        int start = b.csumStart(f);
        int at = start + b.csumOffset(f);
        if (start >= length || at + 2 > length) {
            return;
        }
        int sum = Checksum.finish(Frames.sum(b, f, start, length - start));
        int value = sum == 0 ? 0xFFFF : sum;
        int position = strip && at >= TAG_AT + TAG ? at - TAG : at;
        poke(position, value >>> 8);
        poke(position + 1, value);
    }

    private void poke(int position, int value) {
        int index = ring.head();
        for (int i = position >>> config.bufferShift; i > 0; i--) {
            index = ring.next(index);
        }
        long at = buffer(index, 1);
        if (at >= 0) {
            long within = position & (1 << config.bufferShift) - 1;
            segment.set(java.lang.foreign.ValueLayout.JAVA_BYTE, at + within, (byte) value);
        }
    }

    private void writeBack(FrameBatch b, int f, int length, int bytes, int need, boolean strip, int match) {
        boolean tagged = header.get16(TAG_AT) == config.vlanType;
        int status = checksum.inspect(b, f, header, length, tagged ? 18 : 14);
        status |= (match == AddressFilter.INEXACT ? PIF : 0) | (strip ? VP : 0);
        int errors = checksum.errors() | (fault ? RXE : 0);
        long special = strip ? header.get16(TAG_AT + 2) : 0;
        long last = special << 48
                | (long) errors << 40
                | (status | DD | EOP) << 32
                | (long) checksum.packetChecksum(b, f, length) << 16;
        int index = ring.head();
        int left = bytes;
        for (int i = 0; i < need; i++) {
            int n = Math.min(1 << config.bufferShift, left);
            left -= n;
            dma.writeBack64(ring.at(index) + 8, (left == 0 ? last : DD << 32) | n);
            index = ring.next(index);
        }
        ring.head(index);
    }
}

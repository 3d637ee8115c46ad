package dev.netstack4j.bus.emulated.i82576;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.bus.emulated.dma.DmaPort;
import dev.netstack4j.bus.emulated.silicon.AddressFilter;
import dev.netstack4j.bus.emulated.silicon.Frames;
import dev.netstack4j.bus.emulated.silicon.HeaderView;
import dev.netstack4j.bus.emulated.silicon.Ring;
import dev.netstack4j.bus.emulated.silicon.RxChecksum;
import dev.netstack4j.bus.emulated.silicon.RxImage;
import java.lang.foreign.ValueLayout;

/// Writes frames into the ring of a receive queue.
///
/// ```
/// advanced, written back
///  63                     32 31            16 15      4 3       0
/// | RSS hash                | header length  | packet  | RSS type |
/// | VLAN tag | length        | errors 31..20 | status 19..0       |
/// legacy, written back
/// | VLAN tag 63..48 | errors 47..40 | status 39..32 | packet checksum 31..16 | length 15..0 |
/// ```
final class RxWriter {
    private static final long DD = 1;
    private static final long EOP = 1 << 1;
    private static final int VP = 1 << 3;
    private static final int UDPCS = 1 << 4;
    private static final int PIF = 1 << 7;
    private static final int RXE = 1 << 7;
    private static final int ERRORS_SHIFT = 24;
    private static final int PACKET_UDP = 0x200;
    private static final int TAG_AT = 12;

    private final DmaPort dma;
    private final PhysicalMemory memory;
    private final RxConfig config;
    private final HeaderView header;
    private final RssUnit rss;
    private final RxChecksum checksum = new RxChecksum();
    private final RxImage image = new RxImage();
    private boolean busMaster;
    private boolean fault;

    RxWriter(DmaPort dma, RxConfig config, HeaderView header, RssUnit rss) {
        this.dma = dma;
        this.memory = dma.memory();
        this.config = config;
        this.header = header;
        this.rss = rss;
    }

    void configure(int[] file) {
        checksum.configure(file[Reg.RXCSUM >> 2]);
    }

    void busMaster(boolean allowed) {
        busMaster = allowed;
    }

    /// Writes frame `f`, which the header view shows and `rss` has inspected.
    ///
    /// @return descriptors used; 0 when there are too few
    int write(RxQueue q, FrameBatch b, int f, int length, int match) {
        boolean tagged = length >= TAG_AT + 6 && header.get16(TAG_AT) == config.vlanType;
        boolean strip = config.stripVlan && tagged;
        image.take(b, f, length, strip, config.stripFcs);
        int size = q.bufferBytes();
        int need = (image.bytes() + size - 1) / size;
        Ring ring = q.ring;
        if (!busMaster || ring.available() < need || !dma.mayWrite(ring.base(), ring.bytes(), "receive descriptors")) {
            return 0;
        }
        fault = false;
        int index = ring.head();
        for (int i = 0; i < need; i++) {
            int n = Math.min(size, image.bytes() - i * size);
            long at = buffer(ring, index, n);
            if (at >= 0) {
                image.copy(i * size, n, memory.segment(), at);
            }
            index = ring.next(index);
        }
        if ((b.flags(f) & FrameBatch.NEEDS_CSUM) != 0) {
            complete(ring, size, b, f, length);
        }
        int status = checksum.inspect(b, f, header, length, tagged ? 18 : 14) & ~RxChecksum.IXSM;
        status |= (match == AddressFilter.INEXACT ? PIF : 0) | (strip ? VP : 0);
        int sum = config.hashInDescriptor && q.advanced() ? 0 : checksum.packetChecksum(b, f, length);
        writeBack(q, need, size, status, sum, strip ? header.get16(TAG_AT + 2) : 0);
        return need;
    }

    private long buffer(Ring ring, int index, int bytes) {
        long at = memory.get64LeAcquire(ring.at(index));
        if (dma.mayWrite(at, bytes, "a receive buffer")) {
            return at;
        }
        fault = true;
        return -1;
    }

    /// A wire may leave a checksum to be completed; a driver of this chip expects complete frames.
    private void complete(Ring ring, int size, FrameBatch b, int f, int length) {
        int start = b.csumStart(f);
        int at = start + b.csumOffset(f);
        if (start >= length || at + 2 > length) {
            return;
        }
        int sum = Checksum.finish(Frames.sum(b, f, start, length - start));
        int value = sum == 0 ? 0xFFFF : sum;
        poke(ring, size, image.place(at), value >>> 8);
        poke(ring, size, image.place(at + 1), value);
    }

    private void poke(Ring ring, int size, int position, int value) {
        int index = ring.head();
        for (int i = position / size; i > 0; i--) {
            index = ring.next(index);
        }
        long at = buffer(ring, index, 1);
        if (at >= 0) {
            memory.segment().set(ValueLayout.JAVA_BYTE, at + position % size, (byte) value);
        }
    }

    private void writeBack(RxQueue q, int need, int size, int status, int sum, int tag) {
        int errors = checksum.errors() | (fault ? RXE : 0);
        Ring ring = q.ring;
        int index = ring.head();
        for (int i = 0; i < need; i++) {
            boolean last = i == need - 1;
            int n = Math.min(size, image.bytes() - i * size);
            if (q.advanced()) {
                advanced(ring.at(index), n, last, status, errors, sum, tag);
            } else {
                long word = (long) tag << 48 | (long) errors << 40 | (status | DD | EOP) << 32 | (long) sum << 16;
                dma.writeBack64(ring.at(index) + 8, (last ? word : DD << 32) | n);
            }
            index = ring.next(index);
        }
        ring.head(index);
    }

    private void advanced(long at, int n, boolean last, int status, int errors, int sum, int tag) {
        int udp = (status & RxChecksum.TCPCS) != 0 && (rss.packetInfo() & PACKET_UDP) != 0 ? UDPCS : 0;
        long hash = config.hashInDescriptor ? rss.hash() : (long) sum << 16;
        memory.put64Le(at, last ? hash << 32 | rss.packetInfo() : 0);
        long low = last ? (status | udp | DD | EOP) | (errors & 0xFFL) << ERRORS_SHIFT : DD;
        dma.writeBack64(at + 8, low | (long) n << 32 | (last ? (long) tag << 48 : 0));
    }
}

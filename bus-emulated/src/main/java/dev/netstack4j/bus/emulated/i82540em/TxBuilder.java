package dev.netstack4j.bus.emulated.i82540em;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.hardware.FrameBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Turns packets into frames of a batch. The bytes stay in the host's memory; only the head of a frame that must be
/// changed (checksum, tag, segment headers) is copied, into a slot of the chip's own, because the driver's buffers are
/// not the chip's to write.
final class TxBuilder {
    static final int FRAMES = 256;
    static final int PIECES = 4096;

    private static final int SLOT = 320;
    private static final int LEAST_FRAME = 60;
    private static final int TAG_AT = 12;
    private static final int TAG = 4;

    private final FrameBatch batch = new FrameBatch(FRAMES, PIECES);
    private final MemorySegment heads;
    private final MemorySegment zeros;
    private boolean pad;
    private int vlanType;
    private boolean wireSums;

    TxBuilder(Arena arena) {
        heads = arena.allocate((long) SLOT * FRAMES, 64);
        zeros = arena.allocate(LEAST_FRAME, 64);
    }

    FrameBatch batch() {
        return batch;
    }

    void configure(boolean padShort, int vlan, boolean wireCompletesChecksums) {
        pad = padShort;
        vlanType = vlan;
        wireSums = wireCompletesChecksums;
    }

    boolean hasRoom(int pieces) {
        return batch.hasRoom(pieces + 2);
    }

    /// Where the head of the frame being built lies.
    private long slot() {
        return (long) SLOT * batch.size();
    }

    /// Adds an unsegmented packet.
    void add(TxPacket p, long context) {
        int patched = patchEnd(p, context);
        if (patched == 0 && p.tag() < 0) {
            p.gather.emit(batch, 0, p.gather.total());
            endPlain(p, p.gather.total());
            return;
        }
        addPatched(p, context, Math.max(patched, TAG_AT));
    }

    /// Bytes of the frame's head that must be writable.
    private static int patchEnd(TxPacket p, long context) {
        if (p.wantsLegacyChecksum()) {
            return p.legacyAt() + 2;
        }
        int ip = p.wantsIpChecksum() ? TxContexts.ipAt(context) + 2 : 0;
        int other = p.wantsChecksum() ? TxContexts.at(context) + 2 : 0;
        return Math.max(ip, other);
    }

    private void addPatched(TxPacket p, long context, int patched) {
        int total = p.gather.total();
        int head = Math.min(total, Math.max(patched, HeaderView.BYTES));
        long slot = slot();
        p.gather.copy(0, head, heads, slot);
        boolean left = patchSums(p, context, slot, head);
        int tagged = p.tag() >= 0 && head >= TAG_AT ? insertTag(slot, head, p.tag()) : head;
        batch.addPiece(heads, slot, tagged);
        p.gather.emit(batch, head, total - head);
        if (left) {
            int start = TxContexts.start(context) + tagged - head;
            int at = TxContexts.at(context) - TxContexts.start(context);
            batch.endFrame(FrameBatch.NEEDS_CSUM, start, at, FrameBatch.GSO_NONE, 0, 0);
        } else {
            endPlain(p, total + tagged - head);
        }
    }

    private void endPlain(TxPacket p, int length) {
        if (pad && length < LEAST_FRAME) {
            batch.addPiece(zeros, 0, LEAST_FRAME - length);
        }
        batch.endFrame(p.hasBadFcs() ? FrameBatch.BAD_FCS : 0, 0, 0, FrameBatch.GSO_NONE, 0, 0);
    }

    /// @return whether the transport's checksum is left to the wire
    private boolean patchSums(TxPacket p, long context, long slot, int head) {
        if (p.wantsLegacyChecksum()) {
            patch(p.gather, slot, head, p.legacyStart(), 0, p.legacyAt());
            return false;
        }
        if (p.wantsIpChecksum()) {
            patch(
                    p.gather,
                    slot,
                    head,
                    TxContexts.ipStart(context),
                    TxContexts.ipEnd(context),
                    TxContexts.ipAt(context));
        }
        if (!p.wantsChecksum()) {
            return false;
        }
        if (wireSums && TxContexts.end(context) == 0 && p.gather.total() >= LEAST_FRAME) {
            return true;
        }
        patch(p.gather, slot, head, TxContexts.start(context), TxContexts.end(context), TxContexts.at(context));
        return false;
    }

    /// Sums from `start` to `end` (included; 0: to the end of the packet), what stands in the field taken along, and
    /// writes the complement to `at`. Nothing happens when they lie outside.
    private void patch(Gather g, long slot, int head, int start, int end, int at) {
        int total = g.total();
        int to = end == 0 ? total : Math.min(total, end + 1);
        if (start < to && at + 2 <= head) {
            Frames.put16(heads, slot + at, Checksum.finish(g.sum(start, to - start)));
        }
    }

    private int insertTag(long slot, int head, int tag) {
        MemorySegment.copy(heads, slot + TAG_AT, heads, slot + TAG_AT + TAG, head - TAG_AT);
        Frames.put16(heads, slot + TAG_AT, vlanType);
        Frames.put16(heads, slot + TAG_AT + 2, tag);
        return head + TAG;
    }

    /// Adds segment `number` of a packet: its header, changed, and its share of the payload.
    void addSegment(TxPacket p, long low, long high, int number) {
        int headerBytes = TxContexts.headerLength(high);
        int mss = TxContexts.mss(high);
        int from = headerBytes + number * mss;
        int bytes = Math.min(mss, p.gather.total() - from);
        boolean last = from + bytes >= p.gather.total();
        long slot = slot();
        p.gather.copy(0, headerBytes, heads, slot);
        if ((high & TxContexts.IPV4) != 0) {
            ipv4(slot, low, headerBytes + bytes, number, p.wantsIpChecksum());
        } else {
            ipv6(slot, low, headerBytes + bytes);
        }
        int transportBytes = headerBytes - TxContexts.start(low) + bytes;
        if ((high & TxContexts.TCP) != 0) {
            tcp(slot, low, number * mss, last);
        } else {
            Frames.put16(heads, slot + TxContexts.start(low) + 4, transportBytes);
        }
        if (p.wantsChecksum()) {
            segmentChecksum(p.gather, slot, low, headerBytes, from, bytes, transportBytes);
        }
        int head = p.tag() >= 0 ? insertTag(slot, headerBytes, p.tag()) : headerBytes;
        batch.addPiece(heads, slot, head);
        p.gather.emit(batch, from, bytes);
        endPlain(p, head + bytes);
    }

    /// Segments of a packet; 0 when its context makes no sense.
    static int segments(TxPacket p, long low, long high) {
        int headerBytes = TxContexts.headerLength(high);
        int mss = TxContexts.mss(high);
        int payload = p.gather.total() - headerBytes;
        boolean sound = mss > 0
                && payload > 0
                && TxContexts.start(low) + 8 <= headerBytes
                && TxContexts.at(low) + 2 <= headerBytes
                && TxContexts.ipStart(low) + 20 <= headerBytes;
        return sound ? (payload + mss - 1) / mss : 0;
    }

    private void ipv4(long slot, long low, int frameBytes, int number, boolean sum) {
        long ip = slot + TxContexts.ipStart(low);
        Frames.put16(heads, ip + 2, frameBytes - TxContexts.ipStart(low));
        Frames.put16(heads, ip + 4, Frames.get16(heads, ip + 4) + number);
        if (sum) {
            int bytes = TxContexts.ipEnd(low) + 1 - TxContexts.ipStart(low);
            Frames.put16(
                    heads, slot + TxContexts.ipAt(low), Checksum.finish(Checksum.sum(heads, ip, Math.max(0, bytes))));
        }
    }

    private void ipv6(long slot, long low, int frameBytes) {
        Frames.put16(heads, slot + TxContexts.ipStart(low) + 4, frameBytes - TxContexts.ipStart(low) - 40);
    }

    /// FIN and PSH stand on the last segment alone.
    private void tcp(long slot, long low, int offset, boolean last) {
        long tcp = slot + TxContexts.start(low);
        Frames.put32(heads, tcp + 4, Frames.get32(heads, tcp + 4) + offset);
        if (!last) {
            Frames.put16(heads, tcp + 12, Frames.get16(heads, tcp + 12) & ~0x09);
        }
    }

    /// The driver left the sum of the pseudo-header without its length in the field.
    private void segmentChecksum(
            Gather g, long slot, long low, int headerBytes, int from, int bytes, int transportBytes) {
        int start = TxContexts.start(low);
        int sum = Checksum.sum(heads, slot + start, headerBytes - start);
        sum = Checksum.addAt(sum, g.sum(from, bytes), headerBytes - start);
        Frames.put16(heads, slot + TxContexts.at(low), Checksum.finish(Checksum.add(sum, transportBytes)));
    }
}

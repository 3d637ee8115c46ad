package dev.netstack4j.bus.emulated.silicon;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Turns packets into frames of a batch. The bytes stay in the host's memory; only the head of a frame that must be
/// changed (checksum, tag, segment headers) is copied, into a slot of the chip's own, because the driver's buffers are
/// not the chip's to write.
public final class FrameBuilder {
    public static final int FRAMES = 256;
    public static final int PIECES = 4096;
    /// Most pieces of one packet.
    public static final int PACKET_PIECES = PIECES / 4;

    /// Longest header of a packet to be segmented.
    static final int MOST_HEADER = 255;

    private static final int SLOT = 320;
    private static final int LEAST_FRAME = 60;
    private static final int ETHERNET = 14;
    private static final int TAG_AT = 12;
    private static final int TAG = 4;
    private static final int IPV4 = 0x0800;
    private static final int LARGEST_IPV4 = 0xFFFF;
    private static final int TCP = 6;
    private static final int TCP_SUM = 16;

    private final FrameBatch batch = new FrameBatch(FRAMES, PIECES);
    private final MemorySegment heads;
    private final MemorySegment zeros;
    private boolean pad;
    private int vlanType;
    private boolean wireSums;
    private boolean wireCuts;

    public FrameBuilder(Arena arena) {
        heads = arena.allocate((long) SLOT * FRAMES, 64);
        zeros = arena.allocate(LEAST_FRAME, 64);
    }

    public FrameBatch batch() {
        return batch;
    }

    /// Says how frames leave.
    ///
    /// @param wireOffloads what the wire does itself
    public void configure(boolean padShort, int vlan, int wireOffloads) {
        pad = padShort;
        vlanType = vlan;
        wireSums = (wireOffloads & Wire.CAN_CSUM) != 0;
        wireCuts = wireSums && (wireOffloads & Wire.CAN_TSO4) != 0;
    }

    public boolean hasRoom(int pieces) {
        return batch.hasRoom(pieces + 2);
    }

    /// Where the head of the frame being built lies.
    private long slot() {
        return (long) SLOT * batch.size();
    }

    /// Adds an unsegmented packet.
    public void add(Gather g, TxOffload o) {
        int patched = o.patchEnd();
        if (patched == 0 && o.tag < 0) {
            g.emit(batch, 0, g.total());
            endPlain(o, g.total());
            return;
        }
        addPatched(g, o, Math.max(patched, TAG_AT));
    }

    private void addPatched(Gather g, TxOffload o, int patched) {
        int total = g.total();
        int head = Math.min(total, Math.max(patched, HeaderView.BYTES));
        long slot = slot();
        g.copy(0, head, heads, slot);
        boolean left = patchSums(g, o, slot, head);
        int tagged = o.tag >= 0 && head >= TAG_AT ? insertTag(slot, head, o.tag) : head;
        batch.addPiece(heads, slot, tagged);
        g.emit(batch, head, total - head);
        if (left) {
            int start = o.start + tagged - head;
            batch.endFrame(FrameBatch.NEEDS_CSUM, start, o.at - o.start, FrameBatch.GSO_NONE, 0, 0);
        } else {
            endPlain(o, total + tagged - head);
        }
    }

    private void endPlain(TxOffload o, int length) {
        if (pad && length < LEAST_FRAME) {
            batch.addPiece(zeros, 0, LEAST_FRAME - length);
        }
        batch.endFrame(o.badFcs ? FrameBatch.BAD_FCS : 0, 0, 0, FrameBatch.GSO_NONE, 0, 0);
    }

    /// @return whether the transport's checksum is left to the wire
    private boolean patchSums(Gather g, TxOffload o, long slot, int head) {
        if (o.ipSum) {
            patch(g, slot, head, o.ipStart, o.ipEnd, o.ipAt);
        }
        if (!o.sum) {
            return false;
        }
        if (wireSums && o.leavable && o.end == 0 && g.total() >= LEAST_FRAME) {
            return true;
        }
        patch(g, slot, head, o.start, o.end, o.at);
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

    /// Whether a packet that is to be segmented is left whole to the wire: what its descriptors say is what its headers
    /// are, or else cutting would not give what the chip would make of it.
    public boolean leavesWhole(Gather g, TxOffload o) {
        boolean asked = wireCuts && o.tcp && o.ipv4 && o.ipSum && o.sum;
        if (!asked || o.ipStart < ETHERNET || g.total() - o.ipStart > LARGEST_IPV4) {
            return false;
        }
        long slot = slot();
        g.copy(0, o.headerLength, heads, slot);
        int version = Frames.get8(heads, slot + o.ipStart);
        return Frames.get16(heads, slot + o.ipStart - 2) == IPV4
                && version == (4 << 4 | o.start - o.ipStart >> 2)
                && Frames.get8(heads, slot + o.ipStart + 9) == TCP
                && o.at == o.start + TCP_SUM
                && o.headerLength - o.start == Frames.get8(heads, slot + o.start + 12) >>> 4 << 2;
    }

    /// Adds a packet that [#leavesWhole] said yes to: IP length and both checksums are those of the whole.
    public void addWhole(Gather g, TxOffload o) {
        int total = g.total();
        int headerBytes = o.headerLength;
        long slot = slot();
        SegmentHeaders.ipv4(heads, slot + o.ipStart, total - o.ipStart, 0);
        SegmentHeaders.sumIpv4(heads, slot + o.ipStart, o.start - o.ipStart);
        int left = Checksum.add(Frames.get16(heads, slot + o.at), total - o.start);
        Frames.put16(heads, slot + o.at, left);
        int head = o.tag >= 0 ? insertTag(slot, headerBytes, o.tag) : headerBytes;
        batch.addPiece(heads, slot, head);
        g.emit(batch, headerBytes, total - headerBytes);
        int start = o.start + head - headerBytes;
        batch.endFrame(FrameBatch.NEEDS_CSUM, start, o.at - o.start, FrameBatch.GSO_TCPV4, o.mss, head);
    }

    /// Adds segment `number` of a packet: its header, changed, and its share of the payload.
    public void addSegment(Gather g, TxOffload o, int number) {
        int headerBytes = o.headerLength;
        int from = headerBytes + number * o.mss;
        int bytes = Math.min(o.mss, g.total() - from);
        boolean last = from + bytes >= g.total();
        long slot = slot();
        g.copy(0, headerBytes, heads, slot);
        if (o.ipv4) {
            ipv4(slot, o, headerBytes + bytes, number);
        } else {
            Frames.put16(heads, slot + o.ipStart + 4, headerBytes + bytes - o.ipStart - 40);
        }
        int transportBytes = headerBytes - o.start + bytes;
        if (o.tcp) {
            SegmentHeaders.tcp(heads, slot + o.start, number * o.mss, last);
        } else {
            Frames.put16(heads, slot + o.start + 4, transportBytes);
        }
        if (o.sum) {
            segmentChecksum(g, slot, o, from, bytes, transportBytes);
        }
        int head = o.tag >= 0 ? insertTag(slot, headerBytes, o.tag) : headerBytes;
        batch.addPiece(heads, slot, head);
        g.emit(batch, from, bytes);
        endPlain(o, head + bytes);
    }

    private void ipv4(long slot, TxOffload o, int frameBytes, int number) {
        long ip = slot + o.ipStart;
        SegmentHeaders.ipv4(heads, ip, frameBytes - o.ipStart, number);
        if (o.ipSum) {
            int bytes = o.ipEnd + 1 - o.ipStart;
            Frames.put16(heads, slot + o.ipAt, Checksum.finish(Checksum.sum(heads, ip, Math.max(0, bytes))));
        }
    }

    /// The driver left the sum of the pseudo-header without its length in the field.
    private void segmentChecksum(Gather g, long slot, TxOffload o, int from, int bytes, int transportBytes) {
        int headerBytes = o.headerLength - o.start;
        int sum = Checksum.sum(heads, slot + o.start, headerBytes);
        sum = Checksum.addAt(sum, g.sum(from, bytes), headerBytes);
        Frames.put16(heads, slot + o.at, Checksum.finish(Checksum.add(sum, transportBytes)));
    }
}

package dev.netstack4j.bus.emulated.silicon;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.hardware.FrameBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Cuts a super-frame that a wire hands over into the frames that the chip would have received: TCP over IPv4, with or
/// without one VLAN tag. Payload stays where the wire has it; each segment's headers, and as much behind them as the
/// chip looks into, are made in memory of the chip's own, with whole checksums.
public final class SuperFrameCutter {
    private static final int MOST_HEADER = 14 + 4 + 60 + 60;
    /// A segment's own headers, and a whole packet of a card: its headers and its pieces.
    private static final int MOST_PIECES = 1 + 1 + FrameBuilder.PACKET_PIECES;
    private static final int IPV4 = 0x0800;
    private static final int VLAN = 0x8100;
    private static final int TCP = 6;
    private static final int TCP_SUM = 16;

    private final MemorySegment slot;
    private final FrameBatch segment = new FrameBatch(1, MOST_PIECES);
    private FrameBatch whole = segment;
    private int frame;
    private int length;
    private int ip;
    private int tcp;
    private int headerBytes;
    private int mss;
    private int firstId;
    private int firstSequence;
    private int firstFlags;
    private int ipRest;
    private int tcpRest;
    /// Segments of a frame that was refused in its middle.
    private int taken;

    public SuperFrameCutter(Arena arena) {
        slot = arena.allocate(MOST_HEADER + HeaderView.BYTES, 64);
    }

    /// Who takes frames.
    public interface Taker {
        /// Takes frame `f`.
        ///
        /// @return false when there is no room, and the wire is to hold it
        boolean takeIfRoom(FrameBatch b, int f);
    }

    /// Gives frame `f` to the taker, a super-frame segment by segment. One that was not taken whole is brought again by
    /// the wire, and goes on with the segment that was refused.
    ///
    /// @return whether it was taken whole
    public boolean give(FrameBatch b, int f, Taker taker) {
        int all = begin(b, f);
        if (all == 0) {
            return taker.takeIfRoom(b, f);
        }
        for (; taken < all; taken++) {
            if (!taker.takeIfRoom(segment(taken), 0)) {
                return false;
            }
        }
        taken = 0;
        return true;
    }

    /// The frame that was refused does not come again.
    public void forget() {
        taken = 0;
    }

    /// @return the segments of frame `f`; 0 when it is no super-frame, or one that makes no sense
    private int begin(FrameBatch b, int f) {
        whole = b;
        frame = f;
        length = b.frameLength(f);
        mss = b.gsoSize(f);
        if (b.gsoType(f) != FrameBatch.GSO_TCPV4 || mss <= 0 || !readHeaders()) {
            return 0;
        }
        return (length - headerBytes + mss - 1) / mss;
    }

    private boolean readHeaders() {
        int known = Math.min(length, MOST_HEADER);
        Frames.copy(whole, frame, 0, known, slot, 0);
        ip = known >= 18 && Frames.get16(slot, 12) == VLAN ? 18 : 14;
        if (known < ip + 40 || Frames.get16(slot, ip - 2) != IPV4 || Frames.get8(slot, ip) >>> 4 != 4) {
            return false;
        }
        int ipBytes = (Frames.get8(slot, ip) & 15) << 2;
        tcp = ip + ipBytes;
        if (ipBytes < 20 || Frames.get8(slot, ip + 9) != TCP || tcp + 20 > known) {
            return false;
        }
        int tcpBytes = Frames.get8(slot, tcp + 12) >>> 4 << 2;
        headerBytes = tcp + tcpBytes;
        if (tcpBytes < 20 || headerBytes >= length) {
            return false;
        }
        remember();
        return true;
    }

    /// What differs from segment to segment, and the sums of what does not.
    private void remember() {
        firstId = Frames.get16(slot, ip + 4);
        firstSequence = Frames.get32(slot, tcp + 4);
        firstFlags = Frames.get16(slot, tcp + 12);
        Frames.put16(slot, ip + 2, 0);
        Frames.put16(slot, ip + 4, 0);
        Frames.put16(slot, ip + 10, 0);
        Frames.put32(slot, tcp + 4, 0);
        Frames.put16(slot, tcp + 12, 0);
        Frames.put16(slot, tcp + TCP_SUM, 0);
        ipRest = Checksum.sum(slot, ip, tcp - ip);
        int pseudo = Checksum.add(Checksum.sum(slot, ip + 12, 8), TCP);
        tcpRest = Checksum.add(pseudo, Checksum.sum(slot, tcp, headerBytes - tcp));
    }

    private FrameBatch segment(int number) {
        int from = headerBytes + number * mss;
        int bytes = Math.min(mss, length - from);
        boolean last = from + bytes == length;
        Frames.put16(slot, ip + 2, headerBytes - ip + bytes);
        Frames.put16(slot, ip + 4, firstId + number);
        Frames.put16(slot, ip + 10, Checksum.finish(Checksum.add(ipRest, headerBytes - ip + bytes + idOf(number))));
        int sequence = firstSequence + number * mss;
        int flags = firstFlags & (last ? ~0 : ~SegmentHeaders.FIN_PSH) & (number == 0 ? ~0 : ~SegmentHeaders.CWR);
        Frames.put32(slot, tcp + 4, sequence);
        Frames.put16(slot, tcp + 12, flags);
        int headers = Checksum.add(tcpRest, Checksum.add(Checksum.of32(sequence), flags + headerBytes - tcp + bytes));
        int sum = Checksum.addAt(headers, Frames.sum(whole, frame, from, bytes), headerBytes - tcp);
        Frames.put16(slot, tcp + TCP_SUM, Checksum.finish(sum));
        int shown = Math.min(bytes, Math.max(0, HeaderView.BYTES - headerBytes));
        Frames.copy(whole, frame, from, shown, slot, headerBytes);
        segment.clear();
        segment.addPiece(slot, 0, headerBytes + shown);
        addPayload(from + shown, bytes - shown);
        segment.endFrame(FrameBatch.DATA_VALID, 0, 0, FrameBatch.GSO_NONE, 0, 0);
        return segment;
    }

    private int idOf(int number) {
        return firstId + number & 0xFFFF;
    }

    private void addPayload(int from, int bytes) {
        int skip = from;
        int left = bytes;
        for (int p = whole.firstPiece(frame); left > 0; p++) {
            int n = Math.min(whole.pieceLength(p) - skip, left);
            if (n > 0) {
                segment.addPiece(whole.pieceSegment(p), whole.pieceOffset(p) + skip, n);
                left -= n;
                skip = 0;
            } else {
                skip -= whole.pieceLength(p);
            }
        }
    }
}

package dev.netstack4j.bus.emulated.silicon;

import dev.netstack4j.api.buffer.Checksum;
import java.lang.foreign.MemorySegment;

/// What changes in a copy of a packet's headers when it becomes the header of one segment.
final class SegmentHeaders {
    /// TCP flags of the last segment alone.
    static final int FIN_PSH = 0x09;
    /// TCP flag of the first segment alone, where the sender says once that it has slowed down.
    static final int CWR = 0x80;

    private SegmentHeaders() {}

    /// The IPv4 header at `ip`: its packet has `bytes` bytes and is the one numbered so; the checksum is the caller's.
    static void ipv4(MemorySegment s, long ip, int bytes, int number) {
        Frames.put16(s, ip + 2, bytes);
        Frames.put16(s, ip + 4, Frames.get16(s, ip + 4) + number);
    }

    /// The TCP header at `tcp`: its payload begins at `offset` of the whole. FIN and PSH stand on the last segment
    /// alone.
    static void tcp(MemorySegment s, long tcp, int offset, boolean last) {
        Frames.put32(s, tcp + 4, Frames.get32(s, tcp + 4) + offset);
        if (!last) {
            Frames.put16(s, tcp + 12, Frames.get16(s, tcp + 12) & ~FIN_PSH);
        }
    }

    /// Writes the checksum of an IPv4 header whose field may hold anything.
    static void sumIpv4(MemorySegment s, long ip, int headerBytes) {
        Frames.put16(s, ip + 10, 0);
        Frames.put16(s, ip + 10, Checksum.finish(Checksum.sum(s, ip, headerBytes)));
    }
}

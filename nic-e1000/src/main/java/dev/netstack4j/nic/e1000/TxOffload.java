package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// What the device is to do to one packet: the two words of its context, if it needs one, and the options of its data
/// descriptors. One per ring, filled anew for each packet under the transmit lock.
///
/// Limits of the device: a super-frame is TCP over IPv4, its headers have at most 255 bytes and begin within 255 bytes,
/// and each of its segments is a frame that could be sent by itself.
@Linux("drivers/net/ethernet/intel/e1000/e1000_main.c#e1000_tso")
final class TxOffload {
    /// The longest frame that the device sends, without its check sequence (manual, 3.3.3).
    static final int MOST_FRAME = 16_128 - 4;

    private static final int ETHERNET = 14;
    private static final int TCP = 6;
    private static final int LEAST_HEADER = 20;
    private static final int IP_LENGTH = 2;
    private static final int IP_PROTOCOL = 9;
    private static final int IP_CHECKSUM = 10;
    private static final int IP_ADDRESSES = 12;
    private static final int TCP_LENGTH = 12;
    private static final int TCP_CHECKSUM = 16;

    private long command;
    private boolean context;
    private boolean segments;
    private long low;
    private long high;
    private int frames;
    private int wireBytes;

    /// Reads the packet, and prepares its headers for the device.
    ///
    /// @return null, or why it cannot be sent
    @Nullable
    DropReason describe(SkBuff skb, E1000Reasons reasons, Cpu cpu) {
        command = TxDescriptor.IFCS;
        context = false;
        segments = false;
        frames = 1;
        wireBytes = skb.length();
        if (skb.vlanPresent()) {
            command |= TxDescriptor.VLE | (long) skb.vlanTci() << TxDescriptor.SPECIAL_SHIFT;
        }
        if (skb.gsoSize() != 0) {
            return describeSegments(skb, reasons, cpu);
        }
        if (skb.length() <= 0 || skb.length() > MOST_FRAME) {
            return reasons.txLength;
        }
        return skb.checksumState() == ChecksumState.PARTIAL ? describeChecksum(skb, reasons, cpu) : null;
    }

    private @Nullable DropReason describeChecksum(SkBuff skb, E1000Reasons reasons, Cpu cpu) {
        int start = skb.csumStart() - skb.data();
        if (!TxDescriptor.reaches(start, skb.csumOffset())) {
            return SoftwareChecksum.complete(skb, cpu) ? null : reasons.txChecksum;
        }
        context = true;
        command |= TxDescriptor.DATA | TxDescriptor.TXSM;
        low = TxDescriptor.checksumContext(start, skb.csumOffset());
        high = TxDescriptor.checksumCommand(skb.csumOffset());
        return null;
    }

    private @Nullable DropReason describeSegments(SkBuff skb, E1000Reasons reasons, Cpu cpu) {
        int ip = skb.networkHeader() - skb.data();
        int tcp = skb.csumStart() - skb.data();
        if (skb.gsoType() != GsoType.TCP4 || !isTcpOverIpv4(skb, ip, tcp)) {
            return reasons.txHeaders;
        }
        int headers = tcp + (skb.get8(skb.csumStart() + TCP_LENGTH) >>> 4) * 4;
        int payload = skb.length() - headers;
        boolean sound = headers >= tcp + LEAST_HEADER
                && headers <= Math.min(TxDescriptor.MOST_HEADERS, skb.headLength())
                && TxDescriptor.reaches(tcp, TCP_CHECKSUM)
                && payload > 0;
        if (!sound) {
            return reasons.txHeaders;
        }
        int mss = skb.gsoSize();
        if (mss < 0 || headers + Math.min(mss, payload) > MOST_FRAME || payload > TxDescriptor.MOST_PAYLOAD) {
            return reasons.txLength;
        }
        if (!skb.makeHeadWritable(0, cpu)) {
            return reasons.txChecksum;
        }
        prepareHeaders(skb, skb.data() + ip, skb.data() + tcp);
        context = true;
        segments = true;
        command |= TxDescriptor.DATA | TxDescriptor.TSE | TxDescriptor.IXSM | TxDescriptor.TXSM;
        low = TxDescriptor.segmentContext(ip, tcp);
        high = TxDescriptor.segmentCommand(headers, payload, mss);
        frames = (payload + mss - 1) / mss;
        wireBytes = skb.length() + (frames - 1) * headers;
        return null;
    }

    /// Whether both headers are there, one behind the other.
    private static boolean isTcpOverIpv4(SkBuff skb, int ip, int tcp) {
        if (skb.checksumState() != ChecksumState.PARTIAL
                || skb.csumOffset() != TCP_CHECKSUM
                || ip < ETHERNET
                || tcp < ip + LEAST_HEADER
                || tcp + LEAST_HEADER > skb.headLength()) {
            return false;
        }
        int at = skb.networkHeader();
        int first = skb.get8(at);
        return first >>> 4 == 4 && (first & 15) * 4 == tcp - ip && skb.get8(at + IP_PROTOCOL) == TCP;
    }

    /// The device writes length and checksum of each segment's IP header, and completes each TCP checksum from the sum
    /// of the pseudo-header without its length, because each segment has its own.
    private static void prepareHeaders(SkBuff skb, int ip, int tcp) {
        skb.put16(ip + IP_LENGTH, 0);
        skb.put16(ip + IP_CHECKSUM, 0);
        int sum = Checksum.add(Checksum.of64(skb.get64(ip + IP_ADDRESSES)), TCP);
        skb.put16(tcp + TCP_CHECKSUM, Checksum.fold(sum));
    }

    /// Options of every descriptor with data.
    long command() {
        return command;
    }

    boolean needsContext() {
        return context;
    }

    /// Whether the device is to cut it into segments.
    boolean isSegmented() {
        return segments;
    }

    long contextLow() {
        return low;
    }

    long contextHigh() {
        return high;
    }

    /// Frames that it becomes.
    int frames() {
        return frames;
    }

    /// Bytes of these frames, link-layer headers included.
    int wireBytes() {
        return wireBytes;
    }
}

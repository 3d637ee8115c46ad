package dev.netstack4j.nic.igb;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;

/// What the device is to do to one packet: the two words of its context, and the options of its data descriptors. One
/// per transmit ring, filled anew for each packet under the transmit lock.
@Linux("drivers/net/ethernet/intel/igb/igb_main.c#igb_tso")
final class TxOffload {
    private static final int TCP_FIELD = 16;
    private static final int UDP_FIELD = 6;
    private static final int TCP = 6;
    private static final int IP_LENGTH = 2;
    private static final int IP_CHECKSUM = 10;
    private static final int IP_ADDRESSES = 12;
    private static final int MOST_FRAME = 9728 - 4;
    private static final int MOST_TSO = (1 << 18) - 1;
    private static final int ETHERNET = 14;

    /// The context that segmentation uses, and that of everything else.
    static final int SEGMENT_CONTEXT = 1;

    static final int PLAIN_CONTEXT = 0;

    private boolean context;
    private int index;
    private long low;
    private long high;
    private long command;

    /// Reads the packet, and prepares its headers.
    ///
    /// @return false when it cannot be sent: memory was short, or the headers are not what they should be
    boolean describe(SkBuff skb, Cpu cpu) {
        context = skb.vlanPresent();
        index = PLAIN_CONTEXT;
        long kind = 0;
        int macLength = ETHERNET;
        int ipLength = 0;
        command = TxDescriptor.DATA | (skb.vlanPresent() ? TxDescriptor.VLE : 0);
        int payload = skb.length();
        if (skb.gsoSize() != 0) {
            return describeSegments(skb, cpu);
        }
        if (skb.checksumState() == ChecksumState.PARTIAL) {
            macLength = skb.networkHeader() - skb.data();
            ipLength = skb.csumStart() - skb.networkHeader();
            boolean tcp = skb.csumOffset() == TCP_FIELD;
            if (!TxDescriptor.reaches(macLength, ipLength) || !tcp && skb.csumOffset() != UDP_FIELD) {
                if (!SoftwareChecksum.complete(skb, cpu)) {
                    return false;
                }
                macLength = ETHERNET;
                ipLength = 0;
            } else {
                context = true;
                kind = tcp ? TxDescriptor.CONTEXT_TCP : 0;
                command |= TxDescriptor.TXSM;
            }
        }
        setContext(skb, macLength, ipLength, kind, 0, 0);
        command |= (long) payload << TxDescriptor.PAYLEN_SHIFT;
        return true;
    }

    private void setContext(SkBuff skb, int macLength, int ipLength, long kind, int mss, int transportLength) {
        low = TxDescriptor.contextLow(skb.vlanPresent() ? skb.vlanTci() : 0, macLength, ipLength);
        high = TxDescriptor.contextHigh(index, kind, mss, transportLength);
    }

    /// The device cuts it: the IP length and checksum are to be zero, and the TCP checksum field holds the sum of the
    /// pseudo-header without its length, because each segment has its own.
    private boolean describeSegments(SkBuff skb, Cpu cpu) {
        if (!skb.makeHeadWritable(0, cpu)) {
            return false;
        }
        int ip = skb.networkHeader();
        int tcp = skb.csumStart();
        int macLength = ip - skb.data();
        int ipLength = tcp - ip;
        boolean sound = TxDescriptor.reaches(macLength, ipLength) && ipLength >= 20 && tcp + 20 <= skb.tail();
        if (!sound) {
            return false;
        }
        int transportLength = (skb.get8(tcp + 12) >>> 4) * 4;
        int headers = macLength + ipLength + transportLength;
        if (transportLength < 20 || headers >= skb.length() || tcp + transportLength > skb.tail()) {
            return false;
        }
        skb.put16(ip + IP_LENGTH, 0);
        skb.put16(ip + IP_CHECKSUM, 0);
        int sum = Checksum.add(Checksum.of64(skb.get64(ip + IP_ADDRESSES)), TCP);
        skb.put16(tcp + TCP_FIELD, Checksum.fold(sum));
        context = true;
        index = SEGMENT_CONTEXT;
        command |= TxDescriptor.TSE | TxDescriptor.IXSM | TxDescriptor.TXSM;
        command |= (long) index << TxDescriptor.INDEX_SHIFT;
        command |= (long) (skb.length() - headers) << TxDescriptor.PAYLEN_SHIFT;
        setContext(
                skb,
                macLength,
                ipLength,
                TxDescriptor.CONTEXT_TCP | TxDescriptor.CONTEXT_IPV4,
                skb.gsoSize(),
                transportLength);
        return true;
    }

    /// Whether the device can send a packet of this length.
    static boolean isSendable(SkBuff skb) {
        if (skb.gsoSize() != 0) {
            return skb.gsoType() == GsoType.TCP4 && skb.length() <= MOST_TSO;
        }
        return skb.length() > 0 && skb.length() <= MOST_FRAME;
    }

    boolean needsContext() {
        return context;
    }

    int contextIndex() {
        return index;
    }

    long contextLow() {
        return low;
    }

    long contextHigh() {
        return high;
    }

    /// Options of every data descriptor of the packet.
    long command() {
        return command;
    }
}

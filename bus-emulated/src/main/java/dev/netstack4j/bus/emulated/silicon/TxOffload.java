package dev.netstack4j.bus.emulated.silicon;

/// What is to be done to a packet on its way out, in the same terms for every chip. Positions are bytes from the
/// frame's start, before a tag is inserted.
public final class TxOffload {
    /// Whether the IP header's checksum is inserted.
    public boolean ipSum;
    /// First byte of the IP header.
    public int ipStart;
    /// Where the IP checksum goes.
    public int ipAt;
    /// Last byte of the IP header.
    public int ipEnd;
    /// Whether the transport's checksum is inserted.
    public boolean sum;
    /// First byte that it covers.
    public int start;
    /// Where it goes.
    public int at;
    /// Last byte that it covers; 0: the frame's last.
    public int end;
    /// Whether the wire may be asked to complete it.
    public boolean leavable;
    /// Bytes of all headers, of a packet that is to be segmented.
    public int headerLength;
    /// Payload bytes of a segment; 0 when it is not segmented.
    public int mss;
    /// Whether segments are TCP; else UDP.
    public boolean tcp;
    /// Whether segments are IPv4; else IPv6.
    public boolean ipv4;
    /// The VLAN tag to insert, or -1.
    public int tag = -1;
    /// Whether the driver brought a wrong frame check sequence.
    public boolean badFcs;

    /// Nothing is to be done.
    public TxOffload() {}

    /// Back to nothing.
    public void clear() {
        ipSum = false;
        sum = false;
        leavable = false;
        mss = 0;
        tag = -1;
        badFcs = false;
    }

    /// Bytes of the frame's head that are changed.
    int patchEnd() {
        return Math.max(ipSum ? ipAt + 2 : 0, sum ? at + 2 : 0);
    }

    /// Segments of a packet of `total` bytes; 0 when the request makes no sense.
    public int segments(int total) {
        int payload = total - headerLength;
        boolean sound = mss > 0
                && payload > 0
                && headerLength <= FrameBuilder.MOST_HEADER
                && start + 8 <= headerLength
                && at + 2 <= headerLength
                && ipStart + 20 <= headerLength;
        return sound ? (payload + mss - 1) / mss : 0;
    }
}

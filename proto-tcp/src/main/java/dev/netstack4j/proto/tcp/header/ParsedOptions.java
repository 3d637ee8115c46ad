package dev.netstack4j.proto.tcp.header;

import dev.netstack4j.api.doc.Rfc;

/// Options of one segment. Re-usable.
@Rfc({"9293#3.2", "7323#2", "2018#3"})
public final class ParsedOptions {
    /// Most blocks that fit.
    public static final int MAX_SACK_BLOCKS = 4;

    /// Maximum segment size; 0 when absent.
    public int mss;
    /// Window scale; -1 when absent.
    public int windowScale;
    /// Whether selective acknowledgements are permitted.
    public boolean sackPermitted;
    /// Whether there is a timestamp.
    public boolean timestamp;
    /// The sender's clock.
    public int tsVal;
    /// The echo of ours.
    public int tsEcr;
    /// Number of SACK blocks.
    public int sackBlocks;
    /// First sequence numbers of the blocks.
    public final int[] sackStart = new int[MAX_SACK_BLOCKS];
    /// Sequence numbers behind the blocks.
    public final int[] sackEnd = new int[MAX_SACK_BLOCKS];
    /// Fast Open.
    public final FastOpenOption fastOpen = new FastOpenOption();

    /// Nothing parsed.
    public ParsedOptions() {}

    /// Forgets everything.
    public void clear() {
        mss = 0;
        windowScale = -1;
        sackPermitted = false;
        timestamp = false;
        tsVal = 0;
        tsEcr = 0;
        sackBlocks = 0;
        fastOpen.clear();
    }
}

package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.proto.tcp.header.ParsedOptions;

/// The receiving side of a connection. Guarded by the socket's ownership.
@Rfc("9293#3.3.1")
public final class ReceiveVars {
    /// Initial sequence number of the peer. Written by state.
    public int irs;
    /// Next byte expected (RCV.NXT). Written by input, and by state at the start.
    public int nxt;
    /// `nxt` when a window was last sent. Written by output.
    public int wup;
    /// Window last sent (RCV.WND), in bytes. Written by output.
    public int wnd;
    /// Scale of our windows. Written by state.
    public int windowScale;
    /// Most that is ever advertised. Written by input and socket.
    public int windowClamp;
    /// Next byte that the application reads. Written by input.
    public int copiedSeq;
    /// Segments beyond `nxt`, sorted by sequence number. Written by input.
    public final SkBuffQueue outOfOrder = new SkBuffQueue();
    /// Offset, flags and window of a segment that the fast path may take; 0 for none. Written by input.
    public int predicted;
    /// The last timestamp of the peer that is to be echoed (TS.Recent). Written by input.
    public int tsRecent;
    /// When `tsRecent` was taken; 0 when there is none. Written by input.
    public long tsRecentNanos;
    /// Whether the FIN of the peer has been received in order. Written by input.
    public boolean finReceived;
    /// Largest payload seen lately: what the peer's MSS seems to be. Written by input.
    public int segmentEstimate = 536;
    /// Time from a segment to its acknowledgement when delayed. Written by input.
    public long ackTimeoutNanos;
    /// Acknowledgements that are still sent at once. Written by input (set) and output (counted down).
    public int quickAcks;
    /// Whether the application answers by itself, so that delaying pays. Written by output and input.
    public boolean pingPong;
    /// Whether an acknowledgement is owed. Written by input (set) and output (cleared).
    public boolean ackPending;
    /// Whether the owed acknowledgement must not wait. Written by input (set) and output (cleared).
    public boolean ackNow;
    /// Segments that ever came. Written by state.
    public long segmentsIn;
    /// Those with data. Written by state.
    public long payloadSegmentsIn;
    /// Those that came before their turn. Written by input.
    public long outOfOrderSegments;
    /// What the queues held when making them smaller did not help; 0 when it helped. Written by input.
    public int prunedInVain;
    /// When a segment with data last came. Written by input.
    public long lastDataNanos;
    /// When an acknowledgement last came. Written by input.
    public long lastAckNanos;
    /// When a segment outside the window was last answered; 0 for never. Written by input.
    public long lastOutsideNanos;
    /// Estimate of the round trip time from the receiving side; 0 for none. Written by input.
    public long rttNanos;
    /// End of the window that is measured for `rttNanos`. Written by input.
    public int rttSeq;
    /// When that measurement began. Written by input.
    public long rttBeganNanos;
    /// Echo that was last used for `rttNanos`. Written by input.
    public int rttLastEcho;
    /// `copiedSeq` when the measurement of the reader's speed began. Written by input.
    public int spaceSeq;
    /// When that measurement began. Written by input.
    public long spaceBeganNanos;
    /// Most bytes read in one round trip so far. Written by input.
    public int space;
    /// Blocks to report, the latest first. Written by input.
    public final int[] sackStart = new int[ParsedOptions.MAX_SACK_BLOCKS];
    /// Ends of those blocks. Written by input.
    public final int[] sackEnd = new int[ParsedOptions.MAX_SACK_BLOCKS];
    /// Number of those blocks. Written by input (set) and output (duplicates cleared).
    public int sackBlocks;
    /// Whether a duplicate is to be reported once. Written by input (set) and output (cleared).
    public boolean duplicatePending;
    /// First byte of the duplicate. Written by input.
    public int duplicateStart;
    /// Behind the duplicate. Written by input.
    public int duplicateEnd;
    /// Sequence number of the urgent byte. Written by input.
    public int urgentSeq;
    /// Whether an urgent byte is announced and not yet passed. Written by input.
    public boolean urgentPending;
    /// The urgent byte when it has arrived, -1 before, -2 when it was read. Written by input.
    public int urgentByte = -1;

    /// Of a closed connection.
    public ReceiveVars() {}
}

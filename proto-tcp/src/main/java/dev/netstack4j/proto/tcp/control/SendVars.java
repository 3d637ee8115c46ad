package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.buffer.SkBuffOrder;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;

/// The sending side of a connection. Guarded by the socket's ownership.
@Rfc("9293#3.3.1")
public final class SendVars {
    /// Initial sequence number. Written by state.
    public int isn;
    /// First byte not acknowledged (SND.UNA). Written by input, and by state at the start.
    public int una;
    /// Next byte to send (SND.NXT). Written by output.
    public int nxt;
    /// Behind the last byte that the application wrote. Written by output.
    public int writeSeq;
    /// Behind the last byte marked PSH. Written by output.
    public int pushedSeq;
    /// Behind the last small segment sent (Minshall). Written by output.
    public int smallSeq;
    /// The peer's window in bytes (SND.WND). Written by input.
    public int wnd;
    /// Sequence number of the segment that last set the window (SND.WL1). Written by input.
    public int wl1;
    /// Largest window ever seen. Written by input.
    public int maxWindow;
    /// Scale of the peer's windows. Written by state.
    public int windowScale;
    /// The peer's MSS option. Written by state.
    public int peerMss = 536;
    /// Payload bytes of a full segment now. Written by output.
    public int mss = 536;
    /// Payload that a path which swallows long packets is trusted with; 0 while nothing was swallowed. Written by
    /// output.
    public int trustedMss;
    /// What our MSS option said last; 0 before. Written by output.
    public int advertisedMss;
    /// Path MTU that `mss` was made from. Written by output.
    public int pathMtu;
    /// Segments not yet sent. Written by output.
    public final SkBuffQueue queue = new SkBuffQueue();
    /// Segments sent and not acknowledged, in order. Written by output (added) and recovery (removed).
    public final SkBuffQueue retransmit = new SkBuffQueue();
    /// Those of them that may be found late: neither reported nor taken for lost, in the order in which they were last
    /// sent. Written by recovery.
    @Linux("include/linux/tcp.h#tsorted_sent_queue")
    public final SkBuffOrder sentOrder = new SkBuffOrder();
    /// Memory of both queues. Written by output and recovery.
    public int queuedTruesize;
    /// Segments in the retransmit queue. Written by output and recovery.
    public int packetsOut;
    /// When the next packet may be sent, if the socket is paced. Written by output.
    public long pacedNanos;
    /// Segments with data ever sent. Written by output.
    public long dataSegmentsOut;
    /// The time that the last packet of the retransmit queue was given: no two have the same. Written by output.
    public long orderNanos;
    /// Segments ever sent, retransmissions and pure acknowledgements among them. Written by output.
    public long segmentsOut;
    /// Those with data. Written by output.
    public long payloadSegmentsOut;
    /// Bytes of data in them. Written by output.
    public long payloadBytesOut;
    /// When a segment with data was last sent. Written by output.
    public long lastSentNanos;
    /// Sum of the pseudo-header but for the length; -1 when not known. Written by output.
    public int pseudoSum = -1;
    /// Source port in the upper half, destination port in the lower. Written by output.
    public int ports;
    /// Behind the last urgent byte. Written by output.
    public int urgentSeq;
    /// Whether urgent data is not acknowledged. Written by output (set) and input (cleared).
    public boolean urgentMode;
    /// Whether a writer found no room. Written by output (set) and input (cleared).
    public volatile boolean noSpace;
    /// Last timestamp sent. Written by the socket itself.
    public int lastStamp;
    /// Whether one was sent. Written by the socket itself.
    public boolean stamped;
    /// Whether the FIN has been put in the queue. Written by output.
    public boolean finQueued;
    /// Whether sending stopped because enough lies in qdisc and ring. Written by output; cleared by whom frees, in any
    /// context.
    public volatile boolean throttled;
    /// What it was then that was too much, in bytes. Written by output before `throttled`.
    public volatile int throttledAbove;

    /// Of a closed connection.
    public SendVars() {}
}

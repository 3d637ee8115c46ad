package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;

/// Explicit congestion notification of one connection. Guarded by the socket's ownership.
@Rfc("3168#6.1")
@Linux("include/linux/tcp.h#ecn_flags")
public final class EcnVars {
    /// Our SYN asked for it. Written by state.
    public boolean asked;
    /// Both sides agreed. Written by state.
    public boolean agreed;
    /// A packet of the peer that can be marked has come. Written by input.
    public boolean seen;
    /// Delivered segments of which the peer said that they were marked. Written by input.
    public long deliveredMarked;
    /// Acknowledgements say that packets were marked (ECE). Written by congestion.
    public boolean echo;
    /// The next new data says that the window was reduced (CWR). Written by congestion.
    public boolean reduced;
    /// The reduction under way, or the last one, is because of marks. Written by congestion.
    public boolean marked;
    /// How often in a row marks came with a window of one segment. Written by congestion.
    public int pauses;
    /// Until then nothing is sent, because of such marks. Written by congestion.
    public long pausedNanos;
    /// The algorithm works by marks: all packets can be marked, and it decides about `echo`. Written by congestion.
    public boolean byMarks;

    /// Not in use.
    public EcnVars() {}
}

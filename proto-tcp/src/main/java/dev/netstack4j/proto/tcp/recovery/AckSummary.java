package dev.netstack4j.proto.tcp.recovery;

/// What one acknowledgement did. Re-usable.
public final class AckSummary {
    /// SND.UNA before it.
    public int priorUna;
    /// Delivered segments before it.
    public long priorDelivered;
    /// Lost segments before it.
    public int priorLost;
    /// Segments that left the retransmit queue.
    public int ackedPackets;
    /// Whether data (or FIN) was acknowledged, not only a SYN.
    public boolean dataAcked;
    /// Whether something sent only once was acknowledged.
    public boolean originalAcked;
    /// Whether something sent more than once was acknowledged.
    public boolean retransmittedAcked;
    /// Send time of the oldest segment that gives a valid sample; -1 for none.
    public long firstSentNanos;
    /// Whether it carries nothing new and so is a duplicate.
    public boolean duplicate;
    /// Whether it marked segments as SACKed.
    public boolean newlySacked;
    /// Whether it reports a duplicate (D-SACK).
    public boolean duplicateReported;
    /// Whether it says that packets were marked on their way (ECE).
    public boolean marked;
    /// When it came.
    public long nowNanos;
    /// Echoed timestamp; valid with `echoed`.
    public int echo;
    /// Whether it echoes a timestamp.
    public boolean echoed;

    /// Empty.
    public AckSummary() {}

    /// Begins with what holds before the acknowledgement.
    public void begin(int una, long delivered, int lost, long now) {
        nowNanos = now;
        priorUna = una;
        priorDelivered = delivered;
        priorLost = lost;
        ackedPackets = 0;
        dataAcked = false;
        originalAcked = false;
        retransmittedAcked = false;
        firstSentNanos = -1;
        duplicate = false;
        newlySacked = false;
        duplicateReported = false;
        marked = false;
        echoed = false;
    }
}

package dev.netstack4j.proto.tcp.recovery;

import dev.netstack4j.proto.tcp.header.Seq;

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
    /// Send time of the latest acknowledged segment that gives a valid sample; -1 for none.
    public long lastSentNanos;
    /// Send time of the first segment reported by SACK that was sent once; -1 for none.
    public long firstSackedNanos;
    /// Of the last one.
    public long lastSackedNanos;
    /// Whether it carries nothing new and so is a duplicate.
    public boolean duplicate;
    /// Whether it acknowledges the same once more, without data and with the same window; also when nothing is in
    /// flight.
    public boolean repeated;
    /// Whether it marked segments as SACKed.
    public boolean newlySacked;
    /// Whether it reports a duplicate (D-SACK).
    public boolean duplicateReported;
    /// Whether what it reports as a duplicate was the tail loss probe.
    public boolean duplicateOfProbe;
    /// Whether a segment that was sent once arrived after later ones.
    public boolean reordered;
    /// The lowest sequence number of such segments.
    public int reorderedSeq;
    /// Whether something was delivered that was sent once, before the present phase began.
    public boolean originalDelivered;
    /// Behind the highest byte reported before it.
    public int priorHighest;
    /// Whether the timer waits for a segment that may come late.
    public boolean waitsForReordered;
    /// Whether new data is to be sent, not what is taken for lost.
    public boolean sendNew;
    /// Whether nothing more is to be sent again for now.
    public boolean holdsBack;
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
        lastSentNanos = -1;
        firstSackedNanos = -1;
        lastSackedNanos = -1;
        duplicate = false;
        repeated = false;
        newlySacked = false;
        duplicateReported = false;
        marked = false;
        duplicateOfProbe = false;
        reordered = false;
        originalDelivered = false;
        priorHighest = una;
        waitsForReordered = false;
        sendNew = false;
        holdsBack = false;
        echoed = false;
    }

    /// A segment that was sent once was acknowledged.
    void acknowledgedNanos(long sent) {
        if (firstSentNanos < 0) {
            firstSentNanos = sent;
        }
        lastSentNanos = sent;
    }

    /// A segment that was sent once was reported by SACK.
    void sackedNanos(long sent) {
        if (firstSackedNanos < 0) {
            firstSackedNanos = sent;
        }
        lastSackedNanos = sent;
    }

    /// A segment that was sent once was delivered.
    void delivered(int seq, int end, int highSeq) {
        if (Seq.before(seq, priorHighest) && (!reordered || Seq.before(seq, reorderedSeq))) {
            reordered = true;
            reorderedSeq = seq;
        }
        if (Seq.atMost(end, highSeq)) {
            originalDelivered = true;
        }
    }
}

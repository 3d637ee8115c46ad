package dev.netstack4j.testkit.kit.qdisc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A set of options for a qdisc, and what its author says of the qdisc with them. What is not said is not expected:
/// a qdisc that is not declared to hold packets back must give one whenever it has one.
public final class QdiscSetup {
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final Map<String, String> options;
    private final List<QdiscSetup> changes = new ArrayList<>();
    private int mostPackets = NO_LIMIT;
    private long mostBytes = NO_LIMIT;
    private long bytesPerSecond;
    private long burstBytes;
    private boolean holdsBack;
    private boolean reorders;
    private boolean random;

    private QdiscSetup(Map<String, String> options) {
        this.options = new TreeMap<>(options);
    }

    /// With these options, as text.
    public static QdiscSetup of(Map<String, String> options) {
        return new QdiscSetup(options);
    }

    /// Declares that it holds as many packets of one flow and one priority, and drops one more.
    public QdiscSetup mostPackets(int packets) {
        mostPackets = packets;
        return this;
    }

    /// Declares that it holds packets of one flow and one priority of that many bytes together, and drops one that
    /// would go beyond.
    public QdiscSetup mostBytes(long bytes) {
        mostBytes = bytes;
        return this;
    }

    /// Declares that it holds packets back, without saying to which rate.
    public QdiscSetup holdsBack() {
        holdsBack = true;
        return this;
    }

    /// Declares that it holds packets back to a rate.
    ///
    /// @param bytesPerSecond what leaves on the long run
    /// @param burstBytes     what may leave beyond that after a pause
    public QdiscSetup rate(long bytesPerSecond, long burstBytes) {
        this.bytesPerSecond = bytesPerSecond;
        this.burstBytes = burstBytes;
        return holdsBack();
    }

    /// Declares that packets of one flow may change their order.
    public QdiscSetup reorders() {
        reorders = true;
        return this;
    }

    /// Declares that chance decides what becomes of packets.
    public QdiscSetup random() {
        random = true;
        return this;
    }

    /// Declares that a running qdisc can be changed from this setup to another one.
    public QdiscSetup changesTo(QdiscSetup other) {
        changes.add(other);
        return this;
    }

    Map<String, String> options() {
        return options;
    }

    List<QdiscSetup> changes() {
        return changes;
    }

    int mostPackets() {
        return mostPackets;
    }

    long mostBytes() {
        return mostBytes;
    }

    boolean isLimited() {
        return mostPackets != NO_LIMIT || mostBytes != NO_LIMIT;
    }

    long bytesPerSecond() {
        return bytesPerSecond;
    }

    long burstBytes() {
        return burstBytes;
    }

    boolean mayHoldBack() {
        return holdsBack;
    }

    boolean mayReorder() {
        return reorders;
    }

    boolean isRandom() {
        return random;
    }

    @Override
    public String toString() {
        return options.isEmpty() ? "no options" : options.toString();
    }
}

package dev.netstack4j.api.protocol;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.PlugPoint;

/// How packets of one EtherType are marked as having met congestion. The key of the contribution is the EtherType as
/// text ([#key]). Qdiscs reach it through [dev.netstack4j.api.qdisc.EcnMarker].
@ImplementedByExtensions
@Rfc("3168#5")
public interface CongestionMarks {
    /// Where it is contributed.
    PlugPoint<CongestionMarks> POINT = PlugPoint.exclusive("congestion-marks", CongestionMarks.class);

    /// The contribution key of an EtherType.
    static String key(int etherType) {
        return Integer.toHexString(etherType);
    }

    /// Marks a packet whose network header is marked, if its codepoint allows that; keeps its checksum right. The
    /// packet stays with the caller. Process or softirq context.
    ///
    /// @return whether it is marked now
    boolean mark(SkBuff skb, Cpu cpu);
}

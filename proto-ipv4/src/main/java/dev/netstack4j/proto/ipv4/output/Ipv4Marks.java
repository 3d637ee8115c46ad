package dev.netstack4j.proto.ipv4.output;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.protocol.CongestionMarks;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import jakarta.inject.Inject;

/// Marks IPv4 packets as having met congestion.
@Rfc("3168#5")
@Linux("include/net/inet_ecn.h#IP_ECN_set_ce")
public final class Ipv4Marks implements CongestionMarks {
    private static final int CODEPOINT = 3;

    @Inject
    Ipv4Marks() {}

    @Override
    public boolean mark(SkBuff skb, Cpu cpu) {
        int at = skb.networkHeader();
        if (at < skb.data() || at + Ipv4Header.LENGTH > skb.tail()) {
            return false;
        }
        int codepoint = Ipv4Header.tos(skb, at) & CODEPOINT;
        if (codepoint == 0) {
            return false;
        }
        if (codepoint != CODEPOINT) {
            Ipv4Header.markCongestion(skb, at);
        }
        return true;
    }
}

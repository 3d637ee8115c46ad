package dev.netstack4j.proto.ipv4.icmp;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.output.Identifiers;
import dev.netstack4j.proto.ipv4.output.IpOutput;
import dev.netstack4j.proto.ipv4.output.OutputMarks;
import jakarta.inject.Inject;

/// Puts the IPv4 header before a finished ICMP message and sends it. Such messages may be fragmented.
public final class IcmpSender {
    private final IpOutput output;
    private final Identifiers identifiers;
    private final Sysctl ttl;

    /// Over IPv4's output.
    @Inject
    public IcmpSender(IpOutput output, Identifiers identifiers, Sysctls sysctls) {
        this.output = output;
        this.identifiers = identifiers;
        ttl = sysctls.declare(
                "net.ipv4.ip_default_ttl", 64, 1, 255, "time to live of packets that do not say otherwise");
    }

    /// Sends; takes the skb, ICMP header first, dst set.
    int send(SkBuff skb, int tos, int from, int to, Cpu cpu) {
        int ident = identifiers.next(from, to, IpProtocol.ICMP);
        int at = skb.push(Ipv4Header.LENGTH);
        skb.resetNetworkHeader();
        Ipv4Header.write(skb, at, tos, skb.length(), ident, 0, ttl.get(), IpProtocol.ICMP, from, to);
        OutputMarks.set(skb, 0);
        return output.localOut(skb, cpu);
    }
}

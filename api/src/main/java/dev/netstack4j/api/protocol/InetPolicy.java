package dev.netstack4j.api.protocol;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.PlugPoint;

/// Says which packets may reach protocols above IP, as an IPsec policy does. All contributed policies are asked; the
/// first refusal counts. Protocols that answer [NetProtocol#noPolicy] with true are not asked about.
@ImplementedByExtensions
@Linux("include/net/xfrm.h#xfrm4_policy_check")
public interface InetPolicy {
    /// Where policies are contributed.
    PlugPoint<InetPolicy> POINT = PlugPoint.repeatable("inet-policy", InetPolicy.class);

    /// Whether a packet for this host may be delivered: network header marked and pulled, transport header first. The
    /// packet stays with the caller. Softirq context.
    boolean admits(SkBuff skb, AddressFamily family, int protocol, Cpu cpu);
}

package dev.netstack4j.proto.ipv4.input;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.netfilter.Continuation;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.Netfilter;
import dev.netstack4j.api.protocol.InetProtocols;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.ipv4.accounting.IpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.fragment.Reassembly;
import dev.netstack4j.proto.ipv4.header.IcmpHeader;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.icmp.IcmpErrors;
import dev.netstack4j.proto.ipv4.raw.RawSockets;
import dev.netstack4j.proto.ipv4.route.DstPaths;
import jakarta.inject.Inject;

/// The last steps of a packet for this host: reassembly, LOCAL_IN, raw sockets, the protocol.
@Linux("net/ipv4/ip_input.c#ip_local_deliver")
public final class LocalDelivery {
    private final Reassembly reassembly;
    private final Netfilter netfilter;
    private final RawSockets rawSockets;
    private final InetProtocols protocols;
    private final ProtocolCall call;
    private final IcmpErrors icmp;
    private final IpCounters counters;
    private final IpReasons reasons;
    private final Continuation finish = this::finish;

    /// Announces itself as the way to this host.
    @Inject
    public LocalDelivery(
            Reassembly reassembly,
            Netfilter netfilter,
            RawSockets rawSockets,
            InetProtocols protocols,
            ProtocolCall call,
            IcmpErrors icmp,
            DstPaths paths,
            IpCounters counters,
            IpReasons reasons) {
        this.reassembly = reassembly;
        this.netfilter = netfilter;
        this.rawSockets = rawSockets;
        this.protocols = protocols;
        this.call = call;
        this.icmp = icmp;
        this.counters = counters;
        this.reasons = reasons;
        paths.deliver(this::deliver);
    }

    /// Delivers a packet, its header first; takes the skb.
    int deliver(SkBuff skb, Cpu cpu) {
        SkBuff whole = skb;
        if (Ipv4Header.isFragment(skb, skb.networkHeader())) {
            whole = reassembly.defrag(skb, cpu);
            if (whole == null) {
                return 0;
            }
        }
        return netfilter.hook(HookPoint.LOCAL_IN, AddressFamily.INET, whole, whole.dev(), null, finish, cpu);
    }

    @Linux("net/ipv4/ip_input.c#ip_local_deliver_finish")
    private int finish(SkBuff skb, Cpu cpu) {
        int at = skb.networkHeader();
        int number = Ipv4Header.protocol(skb, at);
        NetDevice in = skb.dev();
        boolean raw = in != null && rawSockets.deliver(skb, number, in, cpu);
        NetProtocol protocol = protocols.find(AddressFamily.INET, number);
        if (protocol == null) {
            return unknown(skb, raw, cpu);
        }
        skb.pull(Ipv4Header.headerLength(skb, at));
        skb.resetTransportHeader();
        counters.inDelivers.increment(cpu);
        call.receive(protocol, number, skb, cpu);
        return 0;
    }

    private int unknown(SkBuff skb, boolean raw, Cpu cpu) {
        if (raw) {
            counters.inDelivers.increment(cpu);
            skb.consume(reasons.rawOnly, cpu);
            return 0;
        }
        counters.inUnknownProtocols.increment(cpu);
        icmp.send(skb, IcmpHeader.UNREACHABLE, IcmpHeader.PROTOCOL, 0, cpu);
        skb.drop(reasons.noProtocol, cpu);
        return 0;
    }
}

package dev.netstack4j.proto.ipv4.input;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.netfilter.Continuation;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.Netfilter;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.protocol.InetPolicy;
import dev.netstack4j.api.protocol.InetProtocols;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.spi.Lifecycle;
import dev.netstack4j.api.spi.Plugged;
import dev.netstack4j.proto.ipv4.accounting.IpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.fragment.Reassembly;
import dev.netstack4j.proto.ipv4.header.IcmpHeader;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.header.Ipv4Options;
import dev.netstack4j.proto.ipv4.icmp.IcmpErrors;
import jakarta.inject.Inject;

/// Receives IPv4 packets: checks them, shows them to PRE_ROUTING, finds their route and goes on with it. Softirq
/// context.
@Linux("net/ipv4/ip_input.c#ip_rcv")
public final class IpHandler implements PacketHandler, Lifecycle {
    private final HeaderCheck check;
    private final InputRoutes routes;
    private final Netfilter netfilter;
    private final InetProtocols protocols;
    private final IcmpErrors icmp;
    private final Reassembly reassembly;
    private final ProtocolCall call;
    private final Plugged plugged;
    private final Cpus cpus;
    private final IpCounters counters;
    private final IpReasons reasons;
    private final Sysctl earlyDemux;
    private final LastRoute[] lastRoutes;
    private final Continuation finish = this::finish;

    /// Over all parts of reception; those that routes lead to are constructed with it.
    @Inject
    @SuppressWarnings("UnusedVariable")
    public IpHandler(
            HeaderCheck check,
            InputRoutes routes,
            Netfilter netfilter,
            InetProtocols protocols,
            IcmpErrors icmp,
            Reassembly reassembly,
            LocalDelivery delivery,
            Forwarding forwarding,
            ProtocolCall call,
            Plugged plugged,
            Cpus cpus,
            Sysctls sysctls,
            IpCounters counters,
            IpReasons reasons) {
        this.check = check;
        this.routes = routes;
        this.netfilter = netfilter;
        this.protocols = protocols;
        this.icmp = icmp;
        this.reassembly = reassembly;
        this.call = call;
        this.plugged = plugged;
        this.cpus = cpus;
        this.counters = counters;
        this.reasons = reasons;
        earlyDemux = sysctls.declare(
                "net.ipv4.ip_early_demux",
                1,
                0,
                1,
                "whether protocols may find the socket, and with it the route, before routing");
        lastRoutes = new LastRoute[Math.max(1, cpus.count())];
        for (int i = 0; i < lastRoutes.length; i++) {
            lastRoutes[i] = new LastRoute();
        }
    }

    @Override
    public void start() {
        call.policies(plugged.all(InetPolicy.POINT).toArray(InetPolicy[]::new));
    }

    @Override
    public void stop() {
        Cpu cpu = cpus.enter();
        try {
            reassembly.dropAll(cpu);
        } finally {
            cpus.leave(cpu);
        }
    }

    @Override
    public void receive(SkBuff skb, NetDevice device, NetDevice original, Cpu cpu) {
        if (check.pass(skb, cpu)) {
            netfilter.hook(HookPoint.PRE_ROUTING, AddressFamily.INET, skb, device, null, finish, cpu);
        }
    }

    /// One packet after the other; packets of one flow in a row need one look at the routes.
    @Override
    @Linux("net/ipv4/ip_input.c#ip_list_rcv")
    public void receiveList(SkBuffQueue list, NetDevice device, Cpu cpu) {
        LastRoute last = lastRoutes[cpu.id()];
        last.begin();
        try {
            for (SkBuff skb = list.poll(); skb != null; skb = list.poll()) {
                receive(skb, device, device, cpu);
            }
        } finally {
            last.end();
        }
    }

    @Linux("net/ipv4/ip_input.c#ip_rcv_finish_core")
    private int finish(SkBuff skb, Cpu cpu) {
        Dst dst = skb.dst();
        if (dst == null || !dst.isValid()) {
            skb.dst(null);
            if (!findRoute(skb, cpu)) {
                return 0;
            }
            dst = skb.dst();
        }
        int headerLength = Ipv4Header.headerLength(skb, skb.networkHeader());
        if (dst == null || headerLength > Ipv4Header.LENGTH && !optionsAreFine(skb, headerLength, cpu)) {
            return 0;
        }
        return dst.input(skb, cpu);
    }

    private boolean findRoute(SkBuff skb, Cpu cpu) {
        int at = skb.networkHeader();
        NetDevice device = skb.dev();
        if (device == null) {
            skb.drop(reasons.deviceDown, cpu);
            return false;
        }
        LastRoute last = lastRoutes[cpu.id()];
        if (last.fits(skb, at, device)) {
            skb.dst(last.dst());
            return true;
        }
        if (earlyDemux.get() != 0 && !Ipv4Header.isFragment(skb, at)) {
            NetProtocol p = protocols.find(AddressFamily.INET, Ipv4Header.protocol(skb, at));
            if (p != null) {
                p.earlyDemux(skb, cpu);
                if (skb.dst() != null) {
                    return true;
                }
            }
        }
        boolean routed = routes.route(skb, device, cpu);
        if (routed) {
            last.remember(skb, at, device);
        }
        return routed;
    }

    @Linux("net/ipv4/ip_input.c#ip_rcv_options")
    private boolean optionsAreFine(SkBuff skb, int headerLength, Cpu cpu) {
        int at = skb.networkHeader();
        Ipv4Options.Finding finding = Ipv4Options.check(skb, at, headerLength);
        if (finding == Ipv4Options.Finding.FINE) {
            return true;
        }
        counters.inHeaderErrors.increment(cpu);
        if (finding == Ipv4Options.Finding.MALFORMED) {
            int pointer = Ipv4Options.badOffset(skb, at, headerLength);
            icmp.send(skb, IcmpHeader.PARAMETER_PROBLEM, 0, pointer << 24, cpu);
        }
        skb.drop(finding == Ipv4Options.Finding.MALFORMED ? reasons.options : reasons.sourceRoute, cpu);
        return false;
    }
}

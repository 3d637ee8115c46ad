package dev.netstack4j.proto.ipv4.icmp;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.protocol.AddressType;
import dev.netstack4j.api.protocol.InetError;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.proto.ipv4.accounting.IcmpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.header.IcmpHeader;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.raw.PingSockets;
import dev.netstack4j.proto.ipv4.route.Routes;
import jakarta.inject.Inject;

/// ICMP over IPv4: checks messages and hands them to the part that handles their type. Redirects are counted and not
/// followed.
@Rfc("792")
@Linux("net/ipv4/icmp.c#icmp_rcv")
public final class IcmpProtocol implements NetProtocol {
    private final EchoReply echo;
    private final IncomingErrors errors;
    private final PingSockets pings;
    private final Routes routes;
    private final IcmpCounters counters;
    private final IpReasons reasons;
    private final Sysctl ignoreAll;
    private final Sysctl ignoreBroadcasts;

    @Inject
    public IcmpProtocol(
            EchoReply echo,
            IncomingErrors errors,
            PingSockets pings,
            Routes routes,
            IcmpCounters counters,
            IpReasons reasons,
            Sysctls sysctls) {
        this.echo = echo;
        this.errors = errors;
        this.pings = pings;
        this.routes = routes;
        this.counters = counters;
        this.reasons = reasons;
        ignoreAll = sysctls.declare("net.ipv4.icmp_echo_ignore_all", 0, 0, 1, "whether echo requests are ignored");
        ignoreBroadcasts = sysctls.declare(
                "net.ipv4.icmp_echo_ignore_broadcasts",
                1,
                0,
                1,
                "whether echo and timestamp requests to many are ignored");
    }

    @Override
    public void receive(SkBuff skb, Cpu cpu) {
        counters.inMessages.increment(cpu);
        if (!skb.mayPull(IcmpHeader.LENGTH, cpu)) {
            counters.inErrors.increment(cpu);
            skb.drop(reasons.icmpShort, cpu);
            return;
        }
        if (!isChecksumRight(skb)) {
            counters.inChecksumErrors.increment(cpu);
            counters.inErrors.increment(cpu);
            skb.drop(reasons.icmpChecksum, cpu);
            return;
        }
        int type = skb.get8(skb.data());
        counters.received(type, cpu);
        dispatch(skb, type, cpu);
    }

    private static boolean isChecksumRight(SkBuff skb) {
        return skb.checksumState() == ChecksumState.UNNECESSARY || skb.sum(0, skb.length()) == 0xFFFF;
    }

    private void dispatch(SkBuff skb, int type, Cpu cpu) {
        switch (type) {
            case IcmpHeader.ECHO_REPLY -> pings.receive(skb, cpu);
            case IcmpHeader.ECHO -> request(skb, type, cpu);
            case IcmpHeader.TIMESTAMP -> request(skb, type, cpu);
            case IcmpHeader.UNREACHABLE, IcmpHeader.TIME_EXCEEDED, IcmpHeader.PARAMETER_PROBLEM -> error(skb, cpu);
            case IcmpHeader.SOURCE_QUENCH, IcmpHeader.REDIRECT, IcmpHeader.TIMESTAMP_REPLY ->
                skb.consume(reasons.icmpHandled, cpu);
            default -> {
                if (type > IcmpHeader.MOST_TYPE) {
                    counters.inErrors.increment(cpu);
                }
                skb.drop(reasons.icmpType, cpu);
            }
        }
    }

    private void request(SkBuff skb, int type, Cpu cpu) {
        AddressType to = routes.type(Ipv4Header.destination(skb, skb.networkHeader()));
        boolean many = to == AddressType.BROADCAST || to == AddressType.MULTICAST;
        if (many && ignoreBroadcasts.get() != 0 || type == IcmpHeader.ECHO && ignoreAll.get() != 0) {
            skb.drop(reasons.icmpIgnored, cpu);
        } else if (type == IcmpHeader.ECHO) {
            echo.echo(skb, cpu);
        } else {
            echo.timestamp(skb, cpu);
        }
    }

    private void error(SkBuff skb, Cpu cpu) {
        if (errors.receive(skb, cpu)) {
            skb.consume(reasons.icmpHandled, cpu);
        } else {
            counters.inErrors.increment(cpu);
            skb.drop(reasons.icmpQuote, cpu);
        }
    }

    /// An error about one of our pings.
    @Override
    public void error(SkBuff quoted, InetError error, Cpu cpu) {
        pings.error(quoted, error, cpu);
    }
}

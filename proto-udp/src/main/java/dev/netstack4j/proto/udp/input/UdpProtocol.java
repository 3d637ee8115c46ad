package dev.netstack4j.proto.udp.input;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.protocol.AddressPair;
import dev.netstack4j.api.protocol.AddressType;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.protocol.InetError;
import dev.netstack4j.api.protocol.InetFamilyOps.Unreachable;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.proto.udp.accounting.UdpCounters;
import dev.netstack4j.proto.udp.accounting.UdpReasons;
import dev.netstack4j.proto.udp.demux.UdpSock;
import dev.netstack4j.proto.udp.demux.UdpTable;
import dev.netstack4j.proto.udp.header.UdpHeader;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Takes datagrams from IP to sockets. Softirq context.
@Rfc("768")
@Linux("net/ipv4/udp.c#__udp4_lib_rcv")
public final class UdpProtocol implements NetProtocol {
    private final Network network;
    private final UdpTable table;
    private final UdpCounters counters;
    private final UdpReasons reasons;
    private final AddressPair[] pairs;

    /// Over the table of sockets.
    @Inject
    public UdpProtocol(Network network, UdpTable table, Cpus cpus, UdpCounters counters, UdpReasons reasons) {
        this.network = network;
        this.table = table;
        this.counters = counters;
        this.reasons = reasons;
        pairs = new AddressPair[Math.max(1, cpus.count())];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = new AddressPair();
        }
    }

    @Override
    public void receive(SkBuff skb, Cpu cpu) {
        if (!skb.mayPull(UdpHeader.LENGTH, cpu)) {
            bad(skb, reasons.shortHeader, cpu);
            return;
        }
        int at = skb.data();
        int length = UdpHeader.length(skb, at);
        if (length < UdpHeader.LENGTH || length > skb.length()) {
            bad(skb, reasons.length, cpu);
            return;
        }
        if (!Verification.isRight(skb, at, length, network.inet().addressSum(skb))) {
            counters.checksumErrors.increment(cpu);
            bad(skb, reasons.checksum, cpu);
            return;
        }
        skb.trim(length, cpu);
        AddressPair pair = pairs[cpu.id()];
        network.inet().addresses(skb, pair);
        if (isForMany(skb, pair)) {
            deliverToMany(skb, at, pair, cpu);
        } else {
            deliver(skb, at, pair, cpu);
        }
    }

    private void bad(SkBuff skb, DropReason reason, Cpu cpu) {
        counters.inErrors.increment(cpu);
        skb.drop(reason, cpu);
    }

    /// A frame for one host holds a datagram for one host, as far as UDP cares.
    private boolean isForMany(SkBuff skb, AddressPair pair) {
        if (skb.kind() == PacketKind.HOST) {
            return false;
        }
        AddressType to = network.inet().addressType(IpAddress.v4((int) pair.destinationLow));
        return to == AddressType.BROADCAST || to == AddressType.MULTICAST;
    }

    @Linux("net/ipv4/udp.c#udp_unicast_rcv_skb")
    private void deliver(SkBuff skb, int at, AddressPair pair, Cpu cpu) {
        int remotePort = UdpHeader.sourcePort(skb, at);
        UdpSock s = table.find(pair, remotePort, UdpHeader.destinationPort(skb, at), ifIndex(skb));
        if (s == null) {
            counters.noPorts.increment(cpu);
            network.inet().unreachable(skb, Unreachable.PORT, cpu);
            skb.drop(reasons.noPort, cpu);
            return;
        }
        if (s.remotePort() != 0 && s.inputRoute() != skb.dst()) {
            s.inputRoute(skb.dst());
        }
        skb.pull(UdpHeader.LENGTH);
        s.deliver(skb, cpu);
    }

    /// Every socket that takes it gets it: all but the last a clone.
    @Linux("net/ipv4/udp.c#__udp4_lib_mcast_deliver")
    private void deliverToMany(SkBuff skb, int at, AddressPair pair, Cpu cpu) {
        int remotePort = UdpHeader.sourcePort(skb, at);
        int localPort = UdpHeader.destinationPort(skb, at);
        int device = ifIndex(skb);
        UdpSock[] socks = table.atPort(localPort);
        skb.pull(UdpHeader.LENGTH);
        UdpSock s = table.nextForMany(socks, null, pair, remotePort, localPort, device);
        if (s == null) {
            counters.ignoredMulti.increment(cpu);
            skb.drop(reasons.nobody, cpu);
            return;
        }
        while (s != null) {
            UdpSock next = table.nextForMany(socks, s, pair, remotePort, localPort, device);
            s.deliver(next == null ? skb : skb.clone(cpu), cpu);
            s = next;
        }
    }

    private static int ifIndex(SkBuff skb) {
        NetDevice device = skb.dev();
        return device == null ? 0 : device.ifIndex();
    }

    /// A connected socket that has received before knows the way of the next datagram.
    @Override
    @Linux("net/ipv4/udp.c#udp_v4_early_demux")
    public void earlyDemux(SkBuff skb, Cpu cpu) {
        int at = skb.transportHeader();
        if (skb.kind() != PacketKind.HOST || at + UdpHeader.LENGTH > skb.tail()) {
            return;
        }
        AddressPair pair = pairs[cpu.id()];
        network.inet().addresses(skb, pair);
        UdpSock s = table.findConnected(
                pair, UdpHeader.sourcePort(skb, at), UdpHeader.destinationPort(skb, at), ifIndex(skb));
        Dst route = s == null ? null : s.inputRoute();
        if (route != null && route.isValid() && route.device() == skb.dev()) {
            skb.dst(route);
        }
    }

    /// Tells the socket that sent the quoted datagram: always when it asked for errors, otherwise when it is connected
    /// and the error is final.
    @Override
    @Rfc("1122#4.1.3.3")
    @Linux("net/ipv4/udp.c#__udp4_lib_err")
    public void error(SkBuff quoted, InetError error, Cpu cpu) {
        int at = quoted.transportHeader();
        UdpSock s = senderOf(quoted, at, cpu);
        if (s == null) {
            return;
        }
        boolean tooLong = error.mtu() != 0;
        if (tooLong && s.mtuDiscover() == 0) {
            return;
        }
        boolean connected = s.remotePort() != 0;
        if (s.receiveErrors() || connected && (error.fatal() || tooLong)) {
            s.error(error.errno(), cpu);
        }
    }

    /// The quoted datagram went the other way.
    private @Nullable UdpSock senderOf(SkBuff quoted, int at, Cpu cpu) {
        AddressPair pair = pairs[cpu.id()];
        network.inet().addresses(quoted, pair);
        long high = pair.sourceHigh;
        long low = pair.sourceLow;
        pair.sourceHigh = pair.destinationHigh;
        pair.sourceLow = pair.destinationLow;
        pair.destinationHigh = high;
        pair.destinationLow = low;
        return table.find(
                pair, UdpHeader.destinationPort(quoted, at), UdpHeader.sourcePort(quoted, at), ifIndex(quoted));
    }
}

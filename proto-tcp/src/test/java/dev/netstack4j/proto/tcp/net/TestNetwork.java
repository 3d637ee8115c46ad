package dev.netstack4j.proto.tcp.net;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.protocol.AddressPair;
import dev.netstack4j.api.protocol.AddressType;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.protocol.Flow;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetSock;
import dev.netstack4j.testkit.fake.TestHost;
import java.util.ArrayDeque;
import java.util.Deque;

/// A network layer of twenty bytes: two addresses and zeros. Packets go to a [Wire]; a packet may be held as if in a
/// device's ring.
public final class TestNetwork implements InetFamilyOps {
    /// Bytes of the header.
    public static final int HEADER = 20;
    private final TestHost host;
    private final IpAddress address;
    private final Wire out;
    private final ConsumeReason sent;
    private final Deque<SkBuff> ring = new ArrayDeque<>();
    /// How many packets stay in the ring before the oldest is freed.
    public int ringSize;
    /// Whether what lies in the ring does not count for its socket any more.
    public boolean orphans;
    /// Times that a route was looked for.
    public int lookups;
    /// Times that forward progress was confirmed.
    public int confirms;
    /// What the next sends answer instead of sending; 0 for sending.
    public int refuse;
    /// The route.
    public TestDst dst;
    /// Largest packet.
    public int mtu = 1500;

    TestNetwork(TestHost host, IpAddress address, Wire out) {
        this.host = host;
        this.address = address;
        this.out = out;
        this.sent = host.ledger().consume("TEST_SENT", "sent by the test's network");
        this.dst = new TestDst();
    }

    /// A route that may be made invalid.
    public final class TestDst implements Dst {
        public boolean valid = true;

        @Override
        public dev.netstack4j.api.device.NetDevice device() {
            return TestDevices.ETH0;
        }

        @Override
        public int input(SkBuff skb, Cpu cpu) {
            return 0;
        }

        @Override
        public int output(dev.netstack4j.api.socket.@org.jspecify.annotations.Nullable Sock sock, SkBuff skb, Cpu cpu) {
            return 0;
        }

        @Override
        public int mtu() {
            return mtu;
        }

        @Override
        public boolean isValid() {
            return valid;
        }

        @Override
        public void confirm(Cpu cpu) {
            confirms++;
        }
    }

    @Override
    public AddressFamily family() {
        return AddressFamily.INET;
    }

    @Override
    public int routeOutput(Flow flow, Cpu cpu) {
        lookups++;
        flow.answer(dst, flow.source().isAny() ? address : flow.source());
        return 0;
    }

    @Override
    public int queueXmit(InetSock sock, SkBuff skb, Cpu cpu) {
        Dst d = sock.dst();
        if (d == null || !d.isValid()) {
            lookups++;
            sock.dst(dst);
        }
        return output(skb, sock.localAddress(), sock.remoteAddress(), cpu);
    }

    @Override
    public int send(InetSock sock, SkBuff skb, Flow flow, Cpu cpu) {
        return output(skb, flow.source(), flow.destination(), cpu);
    }

    @Override
    public int unicastReply(SkBuff cause, SkBuff reply, int protocol, Cpu cpu) {
        AddressPair p = new AddressPair();
        addresses(cause, p);
        IpAddress from = IpAddress.v4((int) p.destinationLow);
        return output(reply, from, IpAddress.v4((int) p.sourceLow), cpu);
    }

    private int output(SkBuff skb, IpAddress from, IpAddress to, Cpu cpu) {
        if (refuse != 0) {
            skb.drop(host.ledger().drop("TEST_REFUSED", "refused by the test's network"), cpu);
            return refuse;
        }
        complete(skb);
        int at = skb.push(HEADER);
        skb.zero(at, HEADER);
        skb.put32(at + 12, from.v4Bits());
        skb.put32(at + 16, to.v4Bits());
        if (skb.length() > mtu) {
            throw new AssertionError("segment of " + skb.length() + " bytes with MTU " + mtu);
        }
        boolean taken = out.send(host.bytes(skb), cpu.nowNanos());
        if (orphans) {
            skb.orphan(cpu);
        }
        ring.add(skb);
        drain(ringSize, cpu);
        return taken ? XmitResult.SUCCESS : XmitResult.DROP;
    }

    private static void complete(SkBuff skb) {
        if (skb.checksumState() == ChecksumState.PARTIAL) {
            int at = skb.csumStart();
            int sum = skb.sum(at - skb.data(), skb.length());
            skb.put16(at + skb.csumOffset(), Checksum.finish(sum));
            skb.checksumState(ChecksumState.NONE);
        }
    }

    /// Frees all but the latest `keep` packets of the ring.
    public void drain(int keep, Cpu cpu) {
        while (ring.size() > keep) {
            ring.remove().consume(sent, cpu);
        }
    }

    @Override
    public void unreachable(SkBuff cause, Unreachable kind, Cpu cpu) {}

    @Override
    public void addresses(SkBuff skb, AddressPair into) {
        into.sourceHigh = 0;
        into.destinationHigh = 0;
        into.sourceLow = IpAddress.mapped(skb.get32(skb.networkHeader() + 12));
        into.destinationLow = IpAddress.mapped(skb.get32(skb.networkHeader() + 16));
    }

    @Override
    public int addressSum(IpAddress source, IpAddress destination) {
        return Checksum.add(Checksum.of32(source.v4Bits()), Checksum.of32(destination.v4Bits()));
    }

    @Override
    public int addressSum(SkBuff skb) {
        return Checksum.of64(skb.get64(skb.networkHeader() + 12));
    }

    @Override
    public int headroom() {
        return 64;
    }

    @Override
    public int headerLength(InetSock sock) {
        return HEADER;
    }

    @Override
    public AddressType addressType(IpAddress a) {
        return a.isAny() ? AddressType.ANY : a.equals(address) ? AddressType.LOCAL : AddressType.UNICAST;
    }
}

package dev.netstack4j.proto.udp.rig;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.protocol.AddressPair;
import dev.netstack4j.api.protocol.AddressType;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.protocol.Flow;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetSock;
import dev.netstack4j.api.socket.Sock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A host 10.0.0.1/24 that reaches everything but 192.0.2.0/24 by one device, and keeps what it is to send.
public final class FakeNetwork implements InetFamilyOps {
    /// What was sent, transport header first.
    public final SkBuffQueue sent = new SkBuffQueue();
    /// What was reported as unreachable.
    public final List<Unreachable> unreachables = new ArrayList<>();
    /// How often a route was looked up.
    public int lookups;
    /// What sending answers.
    public int answer;

    private final NetDevice device;
    private int generation;

    FakeNetwork(NetDevice device) {
        this.device = device;
    }

    /// Makes all routes invalid.
    public void flush() {
        generation++;
    }

    /// A route that is good now.
    public Dst route() {
        return new Way(generation);
    }

    private final class Way implements Dst {
        private final int made;

        Way(int made) {
            this.made = made;
        }

        @Override
        public NetDevice device() {
            return device;
        }

        @Override
        public int input(SkBuff skb, Cpu cpu) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int output(@Nullable Sock sock, SkBuff skb, Cpu cpu) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int mtu() {
            return 1500;
        }

        @Override
        public boolean isValid() {
            return made == generation;
        }

        @Override
        public void confirm(Cpu cpu) {}
    }

    @Override
    public AddressFamily family() {
        return AddressFamily.INET;
    }

    @Override
    public int routeOutput(Flow flow, Cpu cpu) {
        lookups++;
        if (flow.destination().v4Bits() >>> 8 == 0xC0_0002) {
            return Errno.ENETUNREACH.negative();
        }
        IpAddress own = flow.destination().isLoopback() ? IpAddress.LOOPBACK_V4 : IpAddress.parse("10.0.0.1");
        flow.answer(route(), flow.source().isAny() ? own : flow.source());
        return 0;
    }

    @Override
    public int queueXmit(InetSock sock, SkBuff skb, Cpu cpu) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int send(InetSock sock, SkBuff skb, Flow flow, Cpu cpu) {
        sent.addTail(skb);
        return answer;
    }

    @Override
    public int unicastReply(SkBuff cause, SkBuff reply, int protocol, Cpu cpu) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unreachable(SkBuff cause, Unreachable kind, Cpu cpu) {
        unreachables.add(kind);
    }

    @Override
    public void addresses(SkBuff skb, AddressPair into) {
        int at = skb.networkHeader();
        into.sourceLow = IpAddress.mapped(skb.get32(at + 12));
        into.destinationLow = IpAddress.mapped(skb.get32(at + 16));
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
        return 20;
    }

    @Override
    public AddressType addressType(IpAddress address) {
        if (address.isAny()) {
            return AddressType.ANY;
        }
        if (address.isMulticast()) {
            return AddressType.MULTICAST;
        }
        return switch (address.toString()) {
            case "10.0.0.1", "10.0.0.11", "127.0.0.1" -> AddressType.LOCAL;
            case "10.0.0.255", "255.255.255.255" -> AddressType.BROADCAST;
            default -> AddressType.UNICAST;
        };
    }
}

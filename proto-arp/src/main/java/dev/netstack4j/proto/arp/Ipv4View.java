package dev.netstack4j.proto.arp;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.protocol.AddressType;
import dev.netstack4j.api.protocol.Flow;
import dev.netstack4j.api.protocol.InetFamilies;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.spi.Lifecycle;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// What ARP needs of IPv4: which addresses are local, which one to ask from, and who is told of a failure. Without IPv4
/// no address is local.
final class Ipv4View implements Lifecycle {
    private static final int SOURCE_OFFSET = 12;

    private final InetFamilies families;
    private final Flow[] flows;
    private @Nullable InetFamilyOps ipv4;

    @Inject
    Ipv4View(InetFamilies families, Cpus cpus) {
        this.families = families;
        flows = new Flow[cpus.count()];
        for (int i = 0; i < flows.length; i++) {
            flows[i] = new Flow();
        }
    }

    @Override
    public void start() {
        ipv4 = families.find(AddressFamily.INET);
    }

    /// What an address means to this host. Any context.
    AddressType typeOf(IpAddress address) {
        InetFamilyOps ops = ipv4;
        return ops == null ? AddressType.UNICAST : ops.addressType(address);
    }

    boolean isLocal(int address) {
        return address != 0 && typeOf(IpAddress.v4(address)) == AddressType.LOCAL;
    }

    /// The address to ask for `target` from: the source of the packet that waits if it is ours (any of this host's will
    /// do), otherwise the one that routing would send from. Softirq or process context.
    ///
    /// @return 0 when there is none
    int sourceFor(IpAddress target, NetDevice device, @Nullable SkBuff waiting, Cpu cpu) {
        if (waiting != null && waiting.protocol() == EtherType.IPV4 && waiting.headLength() >= 20) {
            int source = waiting.get32(waiting.networkHeader() + SOURCE_OFFSET);
            if (isLocal(source)) {
                return source;
            }
        }
        return routedSource(target, device, cpu);
    }

    private int routedSource(IpAddress target, NetDevice device, Cpu cpu) {
        InetFamilyOps ops = ipv4;
        if (ops == null) {
            return 0;
        }
        Flow flow = flows[cpu.id()].reset(IpAddress.ANY_V4, target, 0).via(device.ifIndex(), 0, 0);
        return ops.routeOutput(flow, cpu) < 0 ? 0 : flow.source().v4Bits();
    }

    /// Tells the sender of a packet that its next hop does not answer. The packet stays with the caller.
    void tellHostUnreachable(SkBuff packet, Cpu cpu) {
        InetFamilyOps ops = ipv4;
        if (ops != null) {
            ops.unreachable(packet, InetFamilyOps.Unreachable.HOST, cpu);
        }
    }
}

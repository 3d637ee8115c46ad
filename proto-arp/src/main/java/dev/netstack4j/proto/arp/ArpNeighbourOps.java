package dev.netstack4j.proto.arp;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.neighbour.Neighbour;
import dev.netstack4j.api.neighbour.NeighbourOps;
import dev.netstack4j.api.neighbour.NudState;
import dev.netstack4j.api.protocol.AddressType;
import dev.netstack4j.api.runtime.Cpu;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// How the neighbour cache asks for IPv4 neighbours.
@Linux("net/ipv4/arp.c#arp_solicit")
final class ArpNeighbourOps implements NeighbourOps {
    /// 01:00:5e, then 23 bits of the group.
    private static final long MULTICAST_PREFIX = 0x01_00_5E_00_00_00L;

    private final Ipv4View ipv4;
    private final ArpTransmitter transmitter;

    @Inject
    ArpNeighbourOps(Ipv4View ipv4, ArpTransmitter transmitter) {
        this.ipv4 = ipv4;
        this.transmitter = transmitter;
    }

    /// Without a source address (no IPv4 on this host any more) nothing is sent: an answer could not reach us.
    @Override
    public void solicit(Neighbour neighbour, @Nullable SkBuff waiting, Cpu cpu) {
        NetDevice device = neighbour.device();
        int source = ipv4.sourceFor(neighbour.address(), device, waiting, cpu);
        if (source != 0) {
            transmitter.request(
                    device, whomToAsk(neighbour), source, neighbour.address().v4Bits(), cpu);
        }
    }

    private static long whomToAsk(Neighbour neighbour) {
        MacAddress known = neighbour.macAddress();
        boolean ask = neighbour.state() == NudState.PROBE && known.isValidStation();
        return ask ? known.bits() : MacAddress.BROADCAST.bits();
    }

    @Override
    @Linux("net/ipv4/arp.c#arp_error_report")
    public void failed(Neighbour neighbour, SkBuff waiting, Cpu cpu) {
        ipv4.tellHostUnreachable(waiting, cpu);
    }

    @Override
    public int etherType() {
        return EtherType.IPV4;
    }

    @Override
    @Rfc("1112#6.4")
    public long fixedMac(IpAddress address, NetDevice device) {
        if ((device.config().flags() & (DeviceFlags.NOARP | DeviceFlags.LOOPBACK)) != 0) {
            return device.macAddress().bits();
        }
        if (address.isMulticast()) {
            return MULTICAST_PREFIX | address.v4Bits() & 0x7F_FFFF;
        }
        return ipv4.typeOf(address) == AddressType.BROADCAST ? MacAddress.BROADCAST.bits() : -1;
    }
}

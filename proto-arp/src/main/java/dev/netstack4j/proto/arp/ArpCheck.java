package dev.netstack4j.proto.arp;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// Whether an ARP packet may be believed at all. What depends on this host's addresses is [ArpHandler]'s.
@Linux("net/ipv4/arp.c#arp_rcv")
final class ArpCheck {
    private static final int LIMITED_BROADCAST = -1;
    private static final int LOOPBACK_NET = 127;
    private static final int MULTICAST_NET = 0xE;

    private final ArpReasons reasons;

    ArpCheck(ArpReasons reasons) {
        this.reasons = reasons;
    }

    /// The reason to drop it, or null. On null the packet is linear; network header first.
    @Nullable
    DropReason reasonToDrop(SkBuff skb, NetDevice device, Cpu cpu) {
        if ((device.config().flags() & (DeviceFlags.NOARP | DeviceFlags.LOOPBACK)) != 0) {
            return reasons.noArpDevice;
        }
        if (skb.kind() == PacketKind.OTHERHOST || skb.kind() == PacketKind.LOOPBACK) {
            return reasons.otherHost;
        }
        if (!skb.mayPull(ArpPacket.LENGTH, cpu)) {
            return reasons.truncated;
        }
        DropReason format = wrongFormat(skb, skb.data());
        return format != null ? format : wrongAddress(skb, skb.data());
    }

    private @Nullable DropReason wrongFormat(SkBuff skb, int at) {
        if (ArpPacket.hardwareType(skb, at) != ArpPacket.HARDWARE_ETHERNET) {
            return reasons.hardwareType;
        }
        if (ArpPacket.protocolType(skb, at) != EtherType.IPV4) {
            return reasons.protocolType;
        }
        if (!ArpPacket.hasRightLengths(skb, at)) {
            return reasons.lengths;
        }
        int operation = ArpPacket.operation(skb, at);
        return operation == ArpPacket.REQUEST || operation == ArpPacket.REPLY ? null : reasons.operation;
    }

    @Rfc("1812#3.3.2")
    private @Nullable DropReason wrongAddress(SkBuff skb, int at) {
        if (!isStation(ArpPacket.senderMac(skb, at))) {
            return reasons.senderMac;
        }
        int sender = ArpPacket.senderIp(skb, at);
        // A request from 0.0.0.0 is a probe: somebody wants to know whether the address is taken (RFC 5227).
        boolean probe = sender == 0 && ArpPacket.operation(skb, at) == ArpPacket.REQUEST;
        if (!probe && !mayBelongToHost(sender)) {
            return reasons.senderAddress;
        }
        return mayBelongToHost(ArpPacket.targetIp(skb, at)) ? null : reasons.targetAddress;
    }

    private static boolean isStation(long mac) {
        return mac != MacAddress.ZERO.bits() && (mac >>> 40 & 1) == 0;
    }

    private static boolean mayBelongToHost(int address) {
        return address != 0
                && address != LIMITED_BROADCAST
                && address >>> 24 != LOOPBACK_NET
                && address >>> 28 != MULTICAST_NET;
    }
}

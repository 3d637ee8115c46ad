package dev.netstack4j.proto.arp;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;

/// Why ARP packets end: one reason per cause.
final class ArpReasons {
    final ConsumeReason done;
    final DropReason otherHost;
    final DropReason noArpDevice;
    final DropReason truncated;
    final DropReason hardwareType;
    final DropReason protocolType;
    final DropReason lengths;
    final DropReason operation;
    final DropReason senderMac;
    final DropReason senderAddress;
    final DropReason targetAddress;
    final DropReason conflict;

    ArpReasons(PacketReasons reasons) {
        done = reasons.consume("ARP_DONE", "an ARP packet was processed");
        otherHost = reasons.drop("ARP_OTHERHOST", "an ARP packet in a frame for another station");
        noArpDevice = reasons.drop("ARP_NOARP_DEVICE", "an ARP packet on a device that does no ARP");
        truncated = reasons.drop("ARP_TRUNCATED", "an ARP packet shorter than 28 bytes");
        hardwareType = reasons.drop("ARP_HARDWARE_TYPE", "an ARP packet for other hardware than Ethernet");
        protocolType = reasons.drop("ARP_PROTOCOL_TYPE", "an ARP packet for another protocol than IPv4");
        lengths = reasons.drop("ARP_LENGTHS", "an ARP packet with wrong address lengths");
        operation = reasons.drop("ARP_OPERATION", "an ARP packet that neither asks nor answers");
        senderMac = reasons.drop("ARP_SENDER_MAC", "an ARP packet from no station's Ethernet address");
        senderAddress = reasons.drop("ARP_SENDER_ADDRESS", "an ARP packet from an address that no host may have");
        targetAddress = reasons.drop("ARP_TARGET_ADDRESS", "an ARP packet about a loopback or multicast address");
        conflict = reasons.drop("ARP_CONFLICT", "an ARP packet of somebody who uses an address of this host");
    }
}

/// ARP for IPv4 over Ethernet. `ArpHandler` takes what arrives, `ArpNeighbourOps` asks on behalf of the neighbour
/// cache, `ArpTransmitter` builds every packet that leaves, `ArpPacket` is the format.
@NullMarked
package dev.netstack4j.proto.arp;

import org.jspecify.annotations.NullMarked;

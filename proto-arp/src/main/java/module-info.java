/// ARP: finds the Ethernet addresses of IPv4 neighbours.
module dev.netstack4j.proto.arp {
    requires dev.netstack4j.api;

    provides dev.netstack4j.api.spi.StackModule with
            dev.netstack4j.proto.arp.ArpModule;
}

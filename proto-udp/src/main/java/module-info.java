/// UDP over IPv4.
module dev.netstack4j.proto.udp {
    requires dev.netstack4j.api;

    provides dev.netstack4j.api.spi.StackModule with
            dev.netstack4j.proto.udp.UdpModule;
}

/// IPv4: receive, forward and send, routes, fragments, ICMP, raw and ping sockets.
@SuppressWarnings("module") // the protocol's name ends in a digit
module dev.netstack4j.proto.ipv4 {
    requires dev.netstack4j.api;

    provides dev.netstack4j.api.spi.StackModule with
            dev.netstack4j.proto.ipv4.Ipv4Module;
}

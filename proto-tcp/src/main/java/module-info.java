/// TCP over IPv4: stream sockets, Reno and CUBIC.
module dev.netstack4j.proto.tcp {
    requires dev.netstack4j.api;
    requires jdk.jfr;

    provides dev.netstack4j.api.spi.StackModule with
            dev.netstack4j.proto.tcp.TcpModule;
}

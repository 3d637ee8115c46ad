/// DCTCP: congestion control by the share of packets that were marked.
module dev.netstack4j.congestion.dctcp {
    requires dev.netstack4j.api;

    provides dev.netstack4j.api.spi.StackModule with
            dev.netstack4j.congestion.dctcp.DctcpModule;
}

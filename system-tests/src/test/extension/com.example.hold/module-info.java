/// Somebody else's qdisc: exports nothing and opens nothing.
module com.example.hold {
    requires dev.netstack4j.api;

    provides dev.netstack4j.api.spi.StackModule with
            com.example.hold.HoldModule;
}

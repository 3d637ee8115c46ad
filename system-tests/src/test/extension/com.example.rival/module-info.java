/// Wants an EtherType that somebody has.
module com.example.rival {
    requires dev.netstack4j.api;

    provides dev.netstack4j.api.spi.StackModule with
            com.example.rival.RivalModule;
}

/// Driver for Intel's 82540EM and its close relatives.
@SuppressWarnings("module") // the family's name ends in digits
module dev.netstack4j.nic.e1000 {
    requires dev.netstack4j.api;

    provides dev.netstack4j.api.spi.StackModule with
            dev.netstack4j.nic.e1000.E1000Module;
}

/// Driver for Intel's 82576.
module dev.netstack4j.nic.igb {
    requires dev.netstack4j.api;

    provides dev.netstack4j.api.spi.StackModule with
            dev.netstack4j.nic.igb.IgbModule;
}

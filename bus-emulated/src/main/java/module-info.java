/// A PCI bus of device models written in Java, the 82540EM among them, and the cable between two such devices.
module dev.netstack4j.bus.emulated {
    requires dev.netstack4j.api;

    provides dev.netstack4j.api.spi.StackModule with
            dev.netstack4j.bus.emulated.BusEmulatedModule;
}

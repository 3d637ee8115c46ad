/// A PCI bus whose devices are QEMU's own models, so that a driver runs against silicon that others wrote.
module dev.netstack4j.bus.qemu {
    requires dev.netstack4j.api;

    provides dev.netstack4j.api.spi.StackModule with
            dev.netstack4j.bus.qemu.BusQemuModule;
}

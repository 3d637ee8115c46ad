/// Register traces: records what passes between a driver and its device, on any bus, in the words of the data sheet.
module dev.netstack4j.pci.trace {
    requires transitive dev.netstack4j.api;

    exports dev.netstack4j.pci.trace;

    provides dev.netstack4j.api.spi.StackModule with
            dev.netstack4j.pci.trace.PciTraceModule;
}

/// A wire to other programs: Ethernet frames over a Unix stream socket, framed as QEMU frames them.
module dev.netstack4j.wire.stream {
    requires transitive dev.netstack4j.api;

    exports dev.netstack4j.wire.stream;

    provides dev.netstack4j.api.spi.StackModule with
            dev.netstack4j.wire.stream.StreamModule;
}

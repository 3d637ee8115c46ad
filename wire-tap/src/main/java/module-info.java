/// A wire to the host kernel: Linux TAP through the foreign function interface.
module dev.netstack4j.wire.tap {
    requires transitive dev.netstack4j.api;
    requires dev.netstack4j.linux.tap;

    exports dev.netstack4j.wire.tap;

    provides dev.netstack4j.api.spi.StackModule with
            dev.netstack4j.wire.tap.TapModule;
}

/// A network device that is a TAP of the Linux host, without silicon or wire in between.
module dev.netstack4j.nic.tap {
    requires transitive dev.netstack4j.api;
    requires dev.netstack4j.linux.tap;

    exports dev.netstack4j.nic.tap;

    provides dev.netstack4j.api.spi.StackModule with
            dev.netstack4j.nic.tap.TapNicModule;
}

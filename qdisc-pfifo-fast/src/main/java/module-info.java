/// The default qdisc: three bands in strict order.
module dev.netstack4j.qdisc.pfifofast {
    requires dev.netstack4j.api;

    provides dev.netstack4j.api.spi.StackModule with
            dev.netstack4j.qdisc.pfifofast.PfifoFastModule;
}

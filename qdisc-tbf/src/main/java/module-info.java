/// The token bucket filter: a qdisc that holds packets back to a rate.
module dev.netstack4j.qdisc.tbf {
    requires dev.netstack4j.api;

    provides dev.netstack4j.api.spi.StackModule with
            dev.netstack4j.qdisc.tbf.TbfModule;
}

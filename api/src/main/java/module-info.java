/// The contracts of netstack4j: what extensions implement, what core provides, and the few value types that both share.
module dev.netstack4j.api {
    requires transitive org.jspecify;
    requires transitive jakarta.inject;

    exports dev.netstack4j.api.address;
    exports dev.netstack4j.api.buffer;
    exports dev.netstack4j.api.congestion;
    exports dev.netstack4j.api.device;
    exports dev.netstack4j.api.doc;
    exports dev.netstack4j.api.error;
    exports dev.netstack4j.api.hardware;
    exports dev.netstack4j.api.link;
    exports dev.netstack4j.api.neighbour;
    exports dev.netstack4j.api.netfilter;
    exports dev.netstack4j.api.protocol;
    exports dev.netstack4j.api.qdisc;
    exports dev.netstack4j.api.runtime;
    exports dev.netstack4j.api.security;
    exports dev.netstack4j.api.settings;
    exports dev.netstack4j.api.socket;
    exports dev.netstack4j.api.spi;
    exports dev.netstack4j.api.stack;
    exports dev.netstack4j.api.statistics;

    uses dev.netstack4j.api.stack.StackFactory;
}

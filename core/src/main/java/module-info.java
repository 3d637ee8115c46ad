/// The core of netstack4j: registration tables, CPUs, the engines of devices, qdiscs and neighbours, sockets, and
/// assembly. Nothing is exported: a stack is reached through `dev.netstack4j.api.stack.StackFactory`.
module dev.netstack4j.core {
    requires transitive dev.netstack4j.api;
    requires com.google.guice;
    // Guice is an automatic module, Guava an explicit one: without this line Guava would not be resolved.
    requires com.google.common;

    uses dev.netstack4j.api.spi.StackModule;

    provides dev.netstack4j.api.stack.StackFactory with
            dev.netstack4j.core.stack.CoreStackFactory;
}

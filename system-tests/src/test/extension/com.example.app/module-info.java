/// A program that assembles two stacks and sends a datagram through the example's qdisc.
module com.example.app {
    requires dev.netstack4j.api;
}

package dev.netstack4j.proto.tcp.events;

import jdk.jfr.Label;
import jdk.jfr.Name;

/// A connection has another state.
@Name("netstack4j.TcpStateChange")
@Label("TCP State Change")
final class StateChangeEvent extends ConnectionEvent {
    @Label("From")
    String from = "";

    @Label("To")
    String to = "";
}

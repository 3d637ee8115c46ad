package dev.netstack4j.proto.tcp.events;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/// A packet was sent again.
@Name("netstack4j.TcpRetransmit")
@Label("TCP Retransmit")
final class RetransmitEvent extends ConnectionEvent {
    @Label("Sequence Number")
    @Description("Counted from the connection's SYN")
    long sequence;

    @Label("Payload")
    @DataAmount
    int bytes;

    @Label("Segments")
    int segments;

    @Label("Phase")
    @Description("OPEN, DISORDER, CWR, RECOVERY or LOSS")
    String phase = "";

    @Label("Congestion Window")
    int window;
}

package dev.netstack4j.proto.tcp.events;

import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/// The retransmission timer has expired.
@Name("netstack4j.TcpRetransmissionTimeout")
@Label("TCP Retransmission Timeout")
final class TimeoutEvent extends ConnectionEvent {
    @Label("Timeout")
    @Timespan
    long timeout;

    @Label("Timeouts in a Row")
    int inRow;

    @Label("Packets Unacknowledged")
    int unacknowledged;

    @Label("Smoothed Round Trip Time")
    @Timespan
    long roundTrip;
}

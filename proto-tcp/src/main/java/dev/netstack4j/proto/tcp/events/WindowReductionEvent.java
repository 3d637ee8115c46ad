package dev.netstack4j.proto.tcp.events;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/// The congestion window is being reduced.
@Name("netstack4j.TcpWindowReduction")
@Label("TCP Window Reduction")
final class WindowReductionEvent extends ConnectionEvent {
    @Label("Cause")
    @Description("CWR: a mark or a local drop; RECOVERY: a loss found by acknowledgements; LOSS: a timeout")
    String cause = "";

    @Label("Window Before")
    @Description("Packets")
    int before;

    @Label("Slow Start Threshold")
    @Description("Packets that the window is reduced to")
    int threshold;

    @Label("Packets in Flight")
    int inFlight;

    @Label("Congestion Control")
    String algorithm = "";
}

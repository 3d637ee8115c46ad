package dev.netstack4j.congestion.dctcp;

import dev.netstack4j.api.congestion.CongestionState;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;

/// What the receiver echoes: an acknowledgement says of all packets that it covers whether they were marked, so when
/// the marks change, what came before is acknowledged first.
@Rfc("8257#3.2")
@Linux("net/ipv4/tcp_dctcp.h#dctcp_ece_ack_update")
final class EchoState {
    private boolean marked;

    void received(CongestionState state, boolean now) {
        if (now != marked) {
            state.acknowledgeReceived();
            marked = now;
        }
        state.echo(now);
    }
}

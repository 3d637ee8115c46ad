package dev.netstack4j.proto.tcp.input;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.proto.tcp.control.ReceiveVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import dev.netstack4j.proto.tcp.header.TcpOptions;
import dev.netstack4j.proto.tcp.output.WindowSelector;

/// What the third word of the next header is expected to be when nothing unusual happens.
public final class Prediction {
    private Prediction() {}

    /// Turns prediction on when nothing stands against it.
    @Linux("include/net/tcp.h#tcp_fast_path_check")
    public static void check(TcpSock sock, boolean enabled) {
        ReceiveVars rcv = sock.rcv;
        boolean usual = enabled
                && sock.state() == TcpState.ESTABLISHED
                && rcv.outOfOrder.isEmpty()
                && rcv.wnd != 0
                && !rcv.urgentPending
                && !rcv.finReceived;
        WindowSelector.predict(rcv, usual ? expected(sock) : 0);
    }

    private static int expected(TcpSock sock) {
        int length = TcpHeader.LENGTH + (sock.opt.timestamps ? TcpOptions.TIMESTAMP_LENGTH : 0);
        return length << 26 | TcpFlags.ACK << 16 | sock.snd.wnd >>> sock.snd.windowScale;
    }
}

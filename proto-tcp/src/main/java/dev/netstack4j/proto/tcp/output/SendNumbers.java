package dev.netstack4j.proto.tcp.output;

import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.proto.tcp.control.SendVars;
import dev.netstack4j.proto.tcp.control.TcpSock;

/// Where the numbers of a connection begin.
@Rfc("9293#3.3.1")
public final class SendNumbers {
    private SendNumbers() {}

    /// Before the SYN: the initial number is chosen.
    public static void beforeSyn(TcpSock sock) {
        SendVars snd = sock.snd;
        snd.nxt = snd.isn;
        snd.smallSeq = snd.isn;
    }

    /// The SYN has taken the initial number.
    public static void afterSyn(TcpSock sock) {
        SendVars snd = sock.snd;
        snd.nxt = snd.isn + 1;
        snd.writeSeq = snd.nxt;
        snd.pushedSeq = snd.nxt;
    }

    /// The application wrote so many bytes, and they end with PSH.
    static void written(TcpSock sock, int bytes) {
        SendVars snd = sock.snd;
        snd.writeSeq += bytes;
        snd.pushedSeq = snd.writeSeq;
    }

    /// All that was written was sent.
    static void sentAll(TcpSock sock) {
        sock.snd.nxt = sock.snd.writeSeq;
    }
}

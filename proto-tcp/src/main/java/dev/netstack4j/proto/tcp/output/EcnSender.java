package dev.netstack4j.proto.tcp.output;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.proto.tcp.congestion.EcnEcho;
import dev.netstack4j.proto.tcp.control.EcnVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.header.TcpFlags;

/// What ECN adds to a segment: the codepoint of its packet, and the flags ECE and CWR. New data alone may be marked,
/// unless the algorithm works by marks.
@Rfc({"3168#6.1.2", "3168#6.1.3", "3168#6.1.5"})
@Linux("net/ipv4/tcp_output.c#tcp_ecn_send")
final class EcnSender {
    private static final int CODEPOINT = 3;
    private static final int CAPABLE = 2;

    private EcnSender() {}

    /// Sets the codepoint of the packet that is written next.
    ///
    /// @param payload bytes of data
    /// @return flags to add to the header
    static int flags(TcpSock sock, int seq, int payload) {
        EcnVars ecn = sock.ecn;
        if (!ecn.agreed) {
            return 0;
        }
        boolean fresh = payload > 0 && !Seq.before(seq, sock.snd.nxt);
        sock.tos(sock.tos() & ~CODEPOINT | (fresh || ecn.byMarks ? CAPABLE : 0));
        int flags = ecn.echo ? TcpFlags.ECE : 0;
        if (fresh && ecn.reduced) {
            EcnEcho.reductionTold(ecn);
            flags |= TcpFlags.CWR;
        }
        return flags;
    }
}

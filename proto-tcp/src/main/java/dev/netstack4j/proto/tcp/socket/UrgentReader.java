package dev.netstack4j.proto.tcp.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.proto.tcp.control.ReceiveVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.input.UrgentData;

/// Reads the urgent byte out of line.
@Linux("net/ipv4/tcp.c#tcp_recv_urg")
final class UrgentReader {
    private UrgentReader() {}

    static int read(TcpSock sock, Message message) {
        ReceiveVars rcv = sock.rcv;
        if (sock.settings().oobInline
                || rcv.urgentByte == UrgentData.TAKEN
                || !rcv.urgentPending && rcv.urgentByte == -1) {
            return Errno.EINVAL.negative();
        }
        if (rcv.urgentByte == -1) {
            return Errno.EAGAIN.negative();
        }
        message.addResultFlag(MessageFlags.OOB);
        int n = message.put8(rcv.urgentByte);
        if (!message.has(MessageFlags.PEEK)) {
            UrgentData.taken(rcv);
        }
        return n;
    }
}

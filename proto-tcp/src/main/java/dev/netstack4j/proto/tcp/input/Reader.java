package dev.netstack4j.proto.tcp.input;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.proto.tcp.control.ReceiveVars;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.SegmentControl;

/// Copies received data, once, to the user.
@Linux("net/ipv4/tcp.c#tcp_recvmsg_locked")
public final class Reader {
    private final AckPolicy acks;
    private final ReceiveTuning tuning;
    private final TcpReasons reasons;

    /// One per stack.
    public Reader(AckPolicy acks, ReceiveTuning tuning, TcpReasons reasons) {
        this.acks = acks;
        this.tuning = tuning;
        this.reasons = reasons;
    }

    /// The peer's numbers begin here.
    public static void begin(ReceiveVars rcv) {
        rcv.copiedSeq = rcv.nxt;
    }

    /// Nobody will read what has come so far.
    public static void passAll(ReceiveVars rcv) {
        rcv.copiedSeq = rcv.nxt;
    }

    /// Moves up to `limit` bytes.
    ///
    /// @return bytes moved, 0 when nothing is there
    public int read(TcpSock sock, Message message, int limit, Cpu cpu) {
        boolean peek = message.has(MessageFlags.PEEK);
        int position = sock.rcv.copiedSeq;
        int copied = 0;
        SkBuff skb = sock.receiveQueue().peek();
        while (skb != null && copied < limit && message.remaining() > 0) {
            int urgentAt = urgentWithin(sock, position, SegmentControl.endSeq(skb));
            if (urgentAt == 0 && copied > 0) {
                break;
            }
            position += skipUrgent(sock, urgentAt);
            int offset = position - SegmentControl.seq(skb);
            int n = Math.min(limit - copied, skb.length() - offset);
            n = urgentAt > 0 ? Math.min(n, urgentAt) : n;
            n = n > 0 ? move(message, skb, offset, n) : 0;
            copied += n;
            position += n;
            SkBuff next = skb.next();
            boolean finished = position == SegmentControl.endSeq(skb);
            if (!peek) {
                sock.rcv.copiedSeq = position;
                passUrgent(sock, position);
                free(sock, skb, finished, cpu);
            }
            skb = finished ? next : skb;
            if (urgentAt > 0 && n == urgentAt) {
                break;
            }
        }
        if (copied > 0 && !peek) {
            tuning.afterRead(sock, cpu);
            acks.afterRead(sock, copied, cpu);
        }
        return copied;
    }

    /// MSG_TRUNC: the bytes are passed without being looked at.
    private static int move(Message message, SkBuff skb, int offset, int n) {
        return message.has(MessageFlags.TRUNC) ? message.skip(n) : message.copyFrom(skb, offset, n);
    }

    private void free(TcpSock sock, SkBuff skb, boolean finished, Cpu cpu) {
        if (finished) {
            sock.receiveQueue().unlink(skb);
            skb.consume(reasons.delivered, cpu);
        }
    }

    /// Bytes until the urgent byte, when reading stops there; -1 when it is not in the way.
    private static int urgentWithin(TcpSock sock, int position, int end) {
        ReceiveVars rcv = sock.rcv;
        if (!rcv.urgentPending) {
            return -1;
        }
        int ahead = rcv.urgentSeq - position;
        return ahead >= 0 && ahead < end - position ? ahead : -1;
    }

    /// Out of line, the urgent byte itself is not read with the data.
    private static int skipUrgent(TcpSock sock, int urgentAt) {
        return urgentAt == 0 && !sock.settings().oobInline ? 1 : 0;
    }

    private static void passUrgent(TcpSock sock, int position) {
        ReceiveVars rcv = sock.rcv;
        if (rcv.urgentPending && position - rcv.urgentSeq > 0) {
            rcv.urgentPending = false;
        }
    }

    /// Bytes that can be read without waiting.
    @Linux("include/net/tcp.h#tcp_inq")
    public static int available(TcpSock sock) {
        SkBuff tail = sock.receiveQueue().peekTail();
        return tail == null ? 0 : SegmentControl.endSeq(tail) - sock.rcv.copiedSeq;
    }
}

package dev.netstack4j.proto.tcp.input;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.proto.tcp.control.ReceiveVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.ParsedOptions;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.output.OwedAck;

/// The SACK blocks that our acknowledgements carry, the latest first.
@Rfc({"2018#4", "2883#4"})
public final class SackReports {
    private SackReports() {}

    /// A segment went into the out-of-order queue.
    @Linux("net/ipv4/tcp_input.c#tcp_sack_new_ofo_skb")
    public static void arrived(TcpSock sock, int seq, int end) {
        if (!sock.opt.sack) {
            return;
        }
        ReceiveVars rcv = sock.rcv;
        int start = seq;
        int stop = end;
        int kept = 0;
        for (int i = 0; i < rcv.sackBlocks; i++) {
            int s = rcv.sackStart[i];
            int e = rcv.sackEnd[i];
            if (Seq.atMost(s, stop) && Seq.atMost(start, e)) {
                start = Seq.min(start, s);
                stop = Seq.max(stop, e);
            } else {
                rcv.sackStart[kept] = s;
                rcv.sackEnd[kept] = e;
                kept++;
            }
        }
        putFirst(rcv, start, stop, kept);
    }

    private static void putFirst(ReceiveVars rcv, int start, int end, int kept) {
        int n = Math.min(kept, ParsedOptions.MAX_SACK_BLOCKS - 1);
        System.arraycopy(rcv.sackStart, 0, rcv.sackStart, 1, n);
        System.arraycopy(rcv.sackEnd, 0, rcv.sackEnd, 1, n);
        rcv.sackStart[0] = start;
        rcv.sackEnd[0] = end;
        rcv.sackBlocks = n + 1;
    }

    /// Nothing out of order is kept.
    public static void forget(ReceiveVars rcv) {
        rcv.sackBlocks = 0;
    }

    /// RCV.NXT has moved: forget what it covers.
    @Linux("net/ipv4/tcp_input.c#tcp_sack_remove")
    public static void advanced(TcpSock sock) {
        ReceiveVars rcv = sock.rcv;
        if (rcv.outOfOrder.isEmpty()) {
            rcv.sackBlocks = 0;
            return;
        }
        int kept = 0;
        for (int i = 0; i < rcv.sackBlocks; i++) {
            if (Seq.after(rcv.sackEnd[i], rcv.nxt)) {
                rcv.sackStart[kept] = rcv.sackStart[i];
                rcv.sackEnd[kept] = rcv.sackEnd[i];
                kept++;
            }
        }
        rcv.sackBlocks = kept;
    }

    /// Data came twice: report it once.
    public static void duplicate(TcpSock sock, boolean enabled, int seq, int end) {
        if (sock.opt.sack && enabled && !sock.rcv.duplicatePending) {
            OwedAck.duplicate(sock.rcv);
            sock.rcv.duplicateStart = seq;
            sock.rcv.duplicateEnd = end;
        }
    }
}

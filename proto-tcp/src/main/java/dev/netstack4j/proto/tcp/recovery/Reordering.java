package dev.netstack4j.proto.tcp.recovery;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.header.Seq;

/// How far the network puts segments out of order, in segments: as many reports mean a loss where they are counted.
final class Reordering {
    private final TcpSysctls sysctls;
    private final TcpCounters counters;

    Reordering(TcpSysctls sysctls, TcpCounters counters) {
        this.sysctls = sysctls;
        this.counters = counters;
    }

    /// A segment at `low` that was sent once arrived after later ones; or, by timestamp, one that was sent again
    /// needlessly.
    @Linux("net/ipv4/tcp_input.c#tcp_check_sack_reordering")
    void seen(TcpSock sock, int low, boolean byTimestamp, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        int highest = highest(sock);
        if (!Seq.before(low, highest)) {
            return;
        }
        int mss = Math.max(1, sock.snd.mss);
        int distance = (highest - low + mss - 1) / mss;
        rec.reordering = Math.max(rec.reordering, Math.min(distance, sysctls.maxReordering.get()));
        rec.reorderingSeen++;
        (byTimestamp ? counters.tsReorder : counters.sackReorder).increment(cpu);
    }

    /// Behind the highest byte that has arrived, as far as is known.
    @Linux("include/net/tcp.h#tcp_highest_sack_seq")
    private static int highest(TcpSock sock) {
        if (sock.rec.sackedOut == 0) {
            return sock.snd.una;
        }
        return sock.opt.sack ? sock.rec.highestSacked : sock.snd.nxt;
    }

    /// Without SACK: more duplicates than there can be segments beyond the gap.
    @Linux("net/ipv4/tcp_input.c#tcp_check_reno_reordering")
    void tooManyDuplicates(TcpSock sock, Cpu cpu) {
        sock.rec.reordering = Math.min(sock.snd.packetsOut, sysctls.maxReordering.get());
        sock.rec.reorderingSeen++;
        counters.renoReorder.increment(cpu);
    }

    /// A timeout after many reports: the network does not reorder as far as was thought.
    static void overestimated(RecoveryVars rec, int standard) {
        if (rec.sackedOut >= standard) {
            rec.reordering = Math.min(rec.reordering, standard);
        }
    }
}

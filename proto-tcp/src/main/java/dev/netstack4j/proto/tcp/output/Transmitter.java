package dev.netstack4j.proto.tcp.output;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.congestion.CongestionWindow;
import dev.netstack4j.proto.tcp.control.ConnectionEntry;
import dev.netstack4j.proto.tcp.control.ReceiveVars;
import dev.netstack4j.proto.tcp.control.SendVars;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.header.FastOpenOption;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import dev.netstack4j.proto.tcp.header.TcpOptions;

/// Puts the header before a segment and hands it to the network layer.
@Linux("net/ipv4/tcp_output.c#__tcp_transmit_skb")
public final class Transmitter {
    private final SkBuffPool pool;
    private final TcpCounters counters;
    private final TcpSysctls sysctls;
    private final WindowSelector windows;
    private final SegmentSize sizes;
    private final TimerPort timers;

    /// One per stack.
    public Transmitter(
            SkBuffPool pool,
            TcpCounters counters,
            TcpSysctls sysctls,
            WindowSelector windows,
            SegmentSize sizes,
            TimerPort timers) {
        this.pool = pool;
        this.counters = counters;
        this.sysctls = sysctls;
        this.windows = windows;
        this.sizes = sizes;
        this.timers = timers;
    }

    /// Sends a copy of a queued segment; the queue keeps `skb`. While an earlier copy is still with the device its
    /// header may not be touched, so then the bytes are copied.
    ///
    /// @return 0 when it was taken; [XmitResult#DROP] or a negative error when it was not
    public int sendQueued(TcpSock sock, SkBuff skb, Cpu cpu) {
        SkBuff out = skb.isCloned() ? skb.copyHead(headroom(sock), cpu) : skb.clone(cpu);
        if (out == null) {
            return Errno.ENOBUFS.negative();
        }
        SegmentControl.sentNanos(skb, nextOrder(sock.snd, cpu.nowNanos()));
        int flags = SegmentControl.flags(skb) & SegmentControl.FLAG_MASK;
        return send(sock, out, SegmentControl.seq(skb), flags, cpu);
    }

    /// Now, or a little later: many packets leave at one time of a CPU, and RACK has to know their order.
    private static long nextOrder(SendVars snd, long now) {
        snd.orderNanos = Math.max(now, snd.orderNanos + 1);
        return snd.orderNanos;
    }

    private static int headroom(TcpSock sock) {
        return sock.network.headroom() + TcpHeader.MAX_LENGTH;
    }

    /// Sends a segment without data that is not kept: ACK, RST, probe.
    ///
    /// @return as [#sendQueued]
    public int sendBare(TcpSock sock, int seq, int flags, Cpu cpu) {
        SkBuff out = allocate(sock, 0, cpu);
        return out == null ? Errno.ENOBUFS.negative() : send(sock, out, seq, flags, cpu);
    }

    /// A segment with room for headers and `payload` bytes, or null.
    public @org.jspecify.annotations.Nullable SkBuff allocate(TcpSock sock, int payload, Cpu cpu) {
        SkBuff skb = pool.alloc(headroom(sock) + payload, cpu);
        if (skb != null) {
            skb.reserve(headroom(sock));
        }
        return skb;
    }

    private int send(TcpSock sock, SkBuff out, int seq, int flags, Cpu cpu) {
        int payload = out.length();
        if ((flags & TcpFlags.SYN) != 0) {
            writeSyn(sock, out, seq, flags, cpu);
        } else {
            write(sock, out, seq, flags, cpu);
        }
        checksum(sock, out);
        sock.context().ownerWrite(out);
        mark(sock, out);
        noteSent(sock, flags, payload, cpu);
        int segments = SegmentControl.segments(out);
        count(sock.snd, segments, payload);
        counters.outSegs.add(cpu, segments);
        return judge(sock, sock.network.queueXmit(sock, out, cpu), cpu);
    }

    private static void count(SendVars snd, int segments, int payload) {
        snd.segmentsOut += segments;
        if (payload > 0) {
            snd.payloadSegmentsOut += segments;
            snd.payloadBytesOut += payload;
        }
    }

    private static void mark(TcpSock sock, SkBuff out) {
        out.mark(sock.settings().mark);
        out.priority(sock.settings().priority);
        ConnectionEntry entry = sock.entry;
        if (entry != null) {
            out.hash(entry.hash, true);
        }
    }

    /// A local drop or a warning reduces the window; a warning counts as success.
    private int judge(TcpSock sock, int result, Cpu cpu) {
        if (result > 0) {
            counters.localCongestion.increment(cpu);
            CongestionWindow.enterCwr(sock, cpu);
            return XmitResult.evaluate(result);
        }
        return result;
    }

    private void write(TcpSock sock, SkBuff out, int seq, int flags, Cpu cpu) {
        ReceiveVars rcv = sock.rcv;
        int payload = out.length();
        int blocks = sackBlocks(sock, payload);
        int options = (sock.opt.timestamps ? TcpOptions.TIMESTAMP_LENGTH : 0) + (blocks > 0 ? 4 + 8 * blocks : 0);
        int window = (flags & TcpFlags.RST) != 0 ? 0 : windows.select(sock, cpu);
        int length = TcpHeader.LENGTH + options;
        int at = out.push(length);
        out.resetTransportHeader();
        int f = flags | urgent(sock, seq) | EcnSender.flags(sock, seq, payload);
        TcpHeader.write(out, at, ports(sock), seq, (f & TcpFlags.ACK) == 0 ? 0 : rcv.nxt, length, f, window);
        urgentPointer(sock, out, at, seq, f);
        int p = at + TcpHeader.LENGTH;
        if (sock.opt.timestamps) {
            p = TcpOptions.writeTimestamp(out, p, sock.timestamp(cpu), rcv.tsRecent);
        }
        if (blocks > 0) {
            writeSack(rcv, out, p, blocks);
        }
    }

    /// Reports that fit. A full segment carries none, so that data is never cut for them: the acknowledgement that a
    /// gap causes is a pure one.
    private static int sackBlocks(TcpSock sock, int payload) {
        ReceiveVars rcv = sock.rcv;
        if (rcv.sackBlocks == 0 && !rcv.duplicatePending || !sock.opt.sack) {
            return 0;
        }
        int most = TcpHeader.MAX_LENGTH - TcpHeader.LENGTH - (sock.opt.timestamps ? TcpOptions.TIMESTAMP_LENGTH : 0);
        int options = Math.min(sock.snd.mss - payload, most);
        return Math.clamp((options - 4) / 8, 0, rcv.sackBlocks + (rcv.duplicatePending ? 1 : 0));
    }

    /// A duplicate is reported in the first block, once.
    private static void writeSack(ReceiveVars rcv, SkBuff out, int at, int blocks) {
        if (!rcv.duplicatePending) {
            TcpOptions.writeSack(out, at, blocks, rcv.sackStart, rcv.sackEnd);
            return;
        }
        TcpOptions.writeSack(out, at, blocks, rcv.sackStart, rcv.sackEnd);
        for (int i = blocks - 1; i > 0; i--) {
            out.put32(at + 4 + 8 * i, rcv.sackStart[i - 1]);
            out.put32(at + 8 + 8 * i, rcv.sackEnd[i - 1]);
        }
        out.put32(at + 4, rcv.duplicateStart);
        out.put32(at + 8, rcv.duplicateEnd);
        OwedAck.duplicateReported(rcv);
    }

    private static int urgent(TcpSock sock, int seq) {
        boolean on = sock.snd.urgentMode && Seq.before(seq, sock.snd.urgentSeq);
        return on ? TcpFlags.URG : 0;
    }

    private void urgentPointer(TcpSock sock, SkBuff out, int at, int seq, int flags) {
        if ((flags & TcpFlags.URG) != 0) {
            int ahead = sock.snd.urgentSeq - seq;
            int pointer = sysctls.stdUrg.get() != 0 ? ahead - 1 : ahead;
            out.put16(at + 18, Math.min(0xFFFF, pointer));
        }
    }

    private void writeSyn(TcpSock sock, SkBuff out, int seq, int flags, Cpu cpu) {
        boolean answer = (flags & TcpFlags.ACK) != 0;
        boolean ts = answer ? sock.opt.timestamps : sysctls.timestamps.get() != 0;
        boolean sack = answer ? sock.opt.sack : sysctls.sack.get() != 0;
        boolean scaling = answer ? sock.opt.windowScaling : sysctls.windowScaling.get() != 0;
        int scale = scaling ? sock.rcv.windowScale : -1;
        FastOpenOption fastOpen = sock.fastOpen == null ? null : sock.fastOpen.next;
        int length =
                TcpHeader.LENGTH + TcpOptions.synLength(sack, ts, scale) + (fastOpen == null ? 0 : fastOpen.space());
        int at = out.push(length);
        out.resetTransportHeader();
        int window = Math.min(0xFFFF, sock.rcv.wnd);
        TcpHeader.write(out, at, ports(sock), seq, answer ? sock.rcv.nxt : 0, length, flags, window);
        int p = TcpOptions.writeSyn(
                out,
                at + TcpHeader.LENGTH,
                sizes.advertised(sock),
                sack,
                ts,
                sock.timestamp(cpu),
                sock.rcv.tsRecent,
                scale);
        if (fastOpen != null) {
            fastOpen.write(out, p);
            fastOpen.clear(); // a repetition goes without
        }
    }

    private static int ports(TcpSock sock) {
        if (sock.snd.ports == 0) {
            sock.snd.ports = sock.localPort() << 16 | sock.remotePort();
        }
        return sock.snd.ports;
    }

    private static void checksum(TcpSock sock, SkBuff out) {
        int pseudo = sock.snd.pseudoSum;
        if (pseudo < 0) {
            pseudo = Checksum.add(sock.network.addressSum(sock.localAddress(), sock.remoteAddress()), IpProtocol.TCP);
            sock.snd.pseudoSum = pseudo;
        }
        int at = out.transportHeader();
        out.put16(at + TcpHeader.CHECKSUM_AT, Checksum.add(pseudo, out.length()));
        out.checksumPartial(at, TcpHeader.CHECKSUM_AT);
    }

    private void noteSent(TcpSock sock, int flags, int payload, Cpu cpu) {
        if ((flags & TcpFlags.ACK) != 0) {
            noteAckSent(sock);
        }
        if (payload > 0) {
            noteDataSent(sock, cpu);
        }
    }

    @Linux("net/ipv4/tcp_output.c#tcp_event_ack_sent")
    private void noteAckSent(TcpSock sock) {
        OwedAck.sent(sock.rcv);
        timers.delayedAckOff(sock);
    }

    @Linux("net/ipv4/tcp_output.c#tcp_event_data_sent")
    private static void noteDataSent(TcpSock sock, Cpu cpu) {
        sock.snd.lastSentNanos = cpu.nowNanos();
        // A reply soon after data: the application answers, so acknowledgements may wait for it.
        if (cpu.nowNanos() - sock.rcv.lastDataNanos < sock.rcv.ackTimeoutNanos) {
            OwedAck.rideOnAnswers(sock.rcv, true);
        }
    }
}

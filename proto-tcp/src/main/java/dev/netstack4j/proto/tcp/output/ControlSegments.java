package dev.netstack4j.proto.tcp.output;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.SendVars;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.control.TimerVars.Pending;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.recovery.RetransmitQueue;
import dev.netstack4j.proto.tcp.recovery.RoundTrip;

/// Segments of a connection without user data: SYN, ACK, FIN, RST.
public final class ControlSegments {
    /// When an acknowledgement could not be sent, try again after this.
    private static final long RETRY_NANOS = 200_000_000L;

    private final Transmitter transmitter;
    private final WriteLoop loop;
    private final TimerPort timers;
    private final TcpCounters counters;

    /// One per stack.
    public ControlSegments(Transmitter transmitter, WriteLoop loop, TimerPort timers, TcpCounters counters) {
        this.transmitter = transmitter;
        this.loop = loop;
        this.timers = timers;
        this.counters = counters;
    }

    /// Queues and sends the SYN of a connection (with ACK when a SYN was received before).
    ///
    /// @return 0 or a negative error when there was no memory for it
    @Linux("net/ipv4/tcp_output.c#tcp_connect")
    public int sendSyn(TcpSock sock, int flags, Cpu cpu) {
        SkBuff skb = transmitter.allocate(sock, 0, cpu);
        if (skb == null) {
            return dev.netstack4j.api.error.Errno.ENOBUFS.negative();
        }
        SendVars snd = sock.snd;
        SegmentControl.seq(skb, snd.isn);
        SegmentControl.endSeq(skb, snd.isn + 1);
        SegmentControl.flags(skb, flags);
        // Before the neighbour is asked for its address: when both timers are due the SYN still waits for it.
        timers.retransmit(sock, Pending.RETRANSMIT, cpu.nowNanos() + RoundTrip.timeout(sock.rec), cpu);
        int result = transmitter.sendQueued(sock, skb, cpu);
        snd.retransmit.addTail(skb);
        RetransmitQueue.charge(sock, skb.truesize());
        RetransmitQueue.sent(sock, skb);
        SendNumbers.afterSyn(sock);
        return Math.min(0, result);
    }

    /// Sends a SYN that carries the user's first bytes, and queues both, so that each can be sent again by itself. The
    /// bytes come after the SYN when the packet cannot be sent.
    ///
    /// @param data made by [SendBuffer#first], with bytes
    /// @return 0 or a negative error when there was no memory for it
    @Rfc("7413#4.2.1")
    @Linux("net/ipv4/tcp_output.c#tcp_send_syn_data")
    public int sendSynData(TcpSock sock, int flags, SkBuff data, Cpu cpu) {
        SendVars snd = sock.snd;
        SkBuff syn = transmitter.allocate(sock, 0, cpu);
        if (syn == null) {
            snd.queue.addTail(data); // it ends with the connection
            RetransmitQueue.charge(sock, data.truesize());
            return dev.netstack4j.api.error.Errno.ENOBUFS.negative();
        }
        SegmentControl.seq(syn, snd.isn);
        SegmentControl.endSeq(syn, snd.isn + 1);
        SegmentControl.flags(syn, flags);
        SegmentControl.flags(data, flags);
        int result = transmitter.sendQueued(sock, data, cpu);
        SegmentControl.sentNanos(syn, cpu.nowNanos());
        snd.retransmit.addTail(syn);
        RetransmitQueue.charge(sock, syn.truesize());
        RetransmitQueue.sent(sock, syn);
        SendNumbers.afterSyn(sock);
        SendNumbers.written(sock, data.length());
        SegmentControl.seq(data, snd.isn + 1);
        SegmentControl.endSeq(data, snd.writeSeq);
        SegmentControl.flags(data, TcpFlags.ACK | TcpFlags.PSH);
        RetransmitQueue.charge(sock, data.truesize());
        if (result == 0) {
            snd.retransmit.addTail(data);
            RetransmitQueue.sent(sock, data);
            SendNumbers.sentAll(sock);
        } else {
            snd.queue.addTail(data);
        }
        timers.retransmit(sock, Pending.RETRANSMIT, cpu.nowNanos() + RoundTrip.timeout(sock.rec), cpu);
        return Math.min(0, result);
    }

    /// Acknowledges what has been received, at once.
    @Linux("net/ipv4/tcp_output.c#__tcp_send_ack")
    public void sendAck(TcpSock sock, Cpu cpu) {
        int result = transmitter.sendBare(sock, acceptableSeq(sock), TcpFlags.ACK, cpu);
        if (result == dev.netstack4j.api.error.Errno.ENOBUFS.negative()) {
            OwedAck.some(sock.rcv);
            timers.delayedAck(sock, cpu.nowNanos() + RETRY_NANOS, cpu);
        }
    }

    /// A sequence number that the peer accepts even when its window has shrunk.
    @Linux("net/ipv4/tcp_output.c#tcp_acceptable_seq")
    private static int acceptableSeq(TcpSock sock) {
        int end = sock.sendWindowEnd();
        return sock.snd.nxt - end <= 0 ? sock.snd.nxt : end;
    }

    /// Ends the connection for the peer.
    @Rfc("9293#3.10.4")
    @Linux("net/ipv4/tcp_output.c#tcp_send_active_reset")
    public void sendReset(TcpSock sock, Cpu cpu) {
        counters.outRsts.increment(cpu);
        transmitter.sendBare(sock, acceptableSeq(sock), TcpFlags.RST | TcpFlags.ACK, cpu);
    }

    /// Puts a FIN behind the data and sends what may be sent.
    ///
    /// @return false when there was no memory: ask again
    @Linux("net/ipv4/tcp_output.c#tcp_send_fin")
    public boolean sendFin(TcpSock sock, Cpu cpu) {
        SendVars snd = sock.snd;
        if (!snd.finQueued && !queueFin(sock, cpu)) {
            timers.retransmit(sock, Pending.PROBE, cpu.nowNanos() + RETRY_NANOS, cpu);
            return false;
        }
        loop.push(sock, WriteLoop.Nagle.OFF, cpu);
        return true;
    }

    private boolean queueFin(TcpSock sock, Cpu cpu) {
        SendVars snd = sock.snd;
        SkBuff tail = snd.queue.peekTail();
        if (tail == null) {
            tail = transmitter.allocate(sock, 0, cpu);
            if (tail == null) {
                return false;
            }
            SegmentControl.seq(tail, snd.writeSeq);
            SegmentControl.endSeq(tail, snd.writeSeq);
            SegmentControl.flags(tail, TcpFlags.ACK);
            snd.queue.addTail(tail);
            RetransmitQueue.charge(sock, tail.truesize());
        }
        SegmentControl.set(tail, TcpFlags.FIN);
        SegmentControl.endSeq(tail, SegmentControl.endSeq(tail) + 1);
        snd.writeSeq++;
        snd.finQueued = true;
        return true;
    }

    /// Asks an idle peer whether it is there: a segment that it has seen before.
    @Rfc("9293#3.8.4")
    @Linux("net/ipv4/tcp_output.c#tcp_xmit_probe_skb")
    public int sendProbe(TcpSock sock, Cpu cpu) {
        return transmitter.sendBare(sock, sock.snd.una - 1, TcpFlags.ACK, cpu);
    }

    /// Window probe: one segment that fits the window, else one byte of old sequence space.
    ///
    /// @return negative when it could not be sent
    @Rfc("9293#3.8.6.1")
    @Linux("net/ipv4/tcp_output.c#tcp_write_wakeup")
    public int wakeUp(TcpSock sock, Cpu cpu) {
        if (loop.sendIntoWindow(sock, cpu)) {
            return 0;
        }
        counters.winProbe.increment(cpu);
        return sendProbe(sock, cpu);
    }

    /// The peer has answered, or nothing is to be asked any more.
    public static void answered(RecoveryVars rec) {
        rec.probes = 0;
    }

    /// A probe was sent, or tried.
    public static void probed(RecoveryVars rec) {
        rec.probes++;
    }
}

package dev.netstack4j.proto.tcp.timer;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.control.TimerVars;
import dev.netstack4j.proto.tcp.control.TimerVars.Pending;
import dev.netstack4j.proto.tcp.input.AckPolicy;
import dev.netstack4j.proto.tcp.output.ControlSegments;
import dev.netstack4j.proto.tcp.output.WriteLoop;
import dev.netstack4j.proto.tcp.state.UserCalls;

/// What expired timers and other deferred bits do. Under the socket's ownership. A timer that fired before its deadline
/// of now is armed again.
@Linux("net/ipv4/tcp_output.c#tcp_release_cb")
public final class TimerEvents {
    private final RetransmitTimer retransmit;
    private final KeepAliveTimer keepAlive;
    private final ControlSegments control;
    private final WriteLoop loop;
    private final UserCalls calls;
    private final TimerPort timers;
    private final TcpCounters counters;

    /// One per stack.
    public TimerEvents(
            RetransmitTimer retransmit,
            KeepAliveTimer keepAlive,
            ControlSegments control,
            WriteLoop loop,
            UserCalls calls,
            TimerPort timers,
            TcpCounters counters) {
        this.retransmit = retransmit;
        this.keepAlive = keepAlive;
        this.control = control;
        this.loop = loop;
        this.calls = calls;
        this.timers = timers;
        this.counters = counters;
    }

    /// Acts on bits of [TimerVars].
    public void run(TcpSock sock, int bits, Cpu cpu) {
        if ((bits & (TimerVars.SMALL_QUEUE | TimerVars.PACING)) != 0) {
            goOn(sock, cpu);
        }
        if ((bits & TimerVars.DELAYED_ACK) != 0) {
            delayedAck(sock, cpu);
        }
        if ((bits & TimerVars.RETRANSMIT) != 0) {
            retransmission(sock, cpu);
        }
        if ((bits & TimerVars.KEEP_ALIVE) != 0) {
            keepAlive(sock, cpu);
        }
        if ((bits & TimerVars.ABANDON) != 0) {
            calls.abandoned(sock, cpu);
        }
    }

    /// What was held back may go now: what is lost first.
    @Linux("net/ipv4/tcp_output.c#tcp_tsq_write")
    private void goOn(TcpSock sock, Cpu cpu) {
        if (!sock.state().isSynchronised()) {
            return;
        }
        if (sock.rec.lostOut > sock.rec.retransmittedOut) {
            retransmit.goOn(sock, cpu);
        }
        loop.push(sock, WriteLoop.Nagle.AS_SET, cpu);
    }

    private void retransmission(TcpSock sock, Cpu cpu) {
        TimerVars vars = sock.timers;
        if (vars.pending == Pending.NONE || sock.state() == TcpState.CLOSED) {
            return;
        }
        if (cpu.nowNanos() < vars.retransmitNanos) {
            timers.retransmit(sock, vars.pending, vars.retransmitNanos, cpu);
        } else {
            retransmit.expired(sock, cpu);
        }
    }

    private void keepAlive(TcpSock sock, Cpu cpu) {
        long due = sock.timers.keepAliveNanos;
        if (due == 0 || sock.state() == TcpState.CLOSED) {
            return;
        }
        if (cpu.nowNanos() < due) {
            timers.keepAlive(sock, due, cpu);
        } else {
            keepAlive.expired(sock, cpu);
        }
    }

    @Linux("net/ipv4/tcp_timer.c#tcp_delack_timer_handler")
    private void delayedAck(TcpSock sock, Cpu cpu) {
        long due = sock.timers.delayedAckNanos;
        if (due == 0 || sock.state() == TcpState.CLOSED) {
            return;
        }
        if (cpu.nowNanos() < due) {
            timers.delayedAck(sock, due, cpu);
            return;
        }
        timers.delayedAckOff(sock);
        if (sock.rcv.ackPending) {
            AckPolicy.timedOut(sock);
            counters.delayedAcks.increment(cpu);
            control.sendAck(sock, cpu);
        }
    }
}

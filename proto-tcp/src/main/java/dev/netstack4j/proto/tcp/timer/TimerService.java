package dev.netstack4j.proto.tcp.timer;

import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.control.TimerVars;
import dev.netstack4j.proto.tcp.control.TimerVars.Pending;
import org.jspecify.annotations.Nullable;

/// Arms timers lazily: an armed timer that would fire earlier is left alone, and finds out when it fires. An expired
/// timer whose socket is owned leaves a bit for the owner.
public final class TimerService implements TimerPort {
    private final Timers timers;

    /// One per stack.
    public TimerService(Timers timers) {
        this.timers = timers;
    }

    @Override
    public void retransmit(TcpSock sock, Pending pending, long deadlineNanos, Cpu cpu) {
        TimerVars vars = sock.timers;
        vars.pending = pending;
        vars.retransmitNanos = deadlineNanos;
        if (vars.retransmit == null) {
            vars.retransmit = timers.coarse("tcp retransmit", c -> expired(sock, TimerVars.RETRANSMIT, c));
        }
        arm(vars.retransmit, deadlineNanos, cpu);
    }

    @Override
    public void retransmitOff(TcpSock sock) {
        sock.timers.pending = Pending.NONE;
        sock.timers.retransmitNanos = 0;
    }

    @Override
    public void delayedAck(TcpSock sock, long deadlineNanos, Cpu cpu) {
        TimerVars vars = sock.timers;
        vars.delayedAckNanos = deadlineNanos;
        if (vars.delayedAck == null) {
            vars.delayedAck = timers.coarse("tcp delayed ack", c -> expired(sock, TimerVars.DELAYED_ACK, c));
        }
        arm(vars.delayedAck, deadlineNanos, cpu);
    }

    @Override
    public void delayedAckOff(TcpSock sock) {
        sock.timers.delayedAckNanos = 0;
    }

    @Override
    public void keepAlive(TcpSock sock, long deadlineNanos, Cpu cpu) {
        TimerVars vars = sock.timers;
        vars.keepAliveNanos = deadlineNanos;
        if (vars.keepAlive == null) {
            vars.keepAlive = timers.coarse("tcp keep-alive", c -> expired(sock, TimerVars.KEEP_ALIVE, c));
        }
        arm(vars.keepAlive, deadlineNanos, cpu);
    }

    @Override
    public void pacing(TcpSock sock, long deadlineNanos, Cpu cpu) {
        TimerVars vars = sock.timers;
        if (vars.pacing == null) {
            vars.pacing = timers.exact("tcp pacing", c -> expired(sock, TimerVars.PACING, c));
        }
        arm(vars.pacing, deadlineNanos, cpu);
    }

    @Override
    public void stop(TcpSock sock, Cpu cpu) {
        TimerVars vars = sock.timers;
        retransmitOff(sock);
        vars.delayedAckNanos = 0;
        vars.keepAliveNanos = 0;
        cancel(vars.retransmit, cpu);
        cancel(vars.delayedAck, cpu);
        cancel(vars.keepAlive, cpu);
        cancel(vars.pacing, cpu);
    }

    private static void arm(Timer timer, long deadlineNanos, Cpu cpu) {
        if (!timer.isArmed() || timer.deadlineNanos() > deadlineNanos) {
            timer.arm(deadlineNanos, cpu);
        }
    }

    private static void cancel(@Nullable Timer timer, Cpu cpu) {
        if (timer != null) {
            timer.cancel(cpu);
        }
    }

    private static void expired(TcpSock sock, int bit, Cpu cpu) {
        if (sock.context().tryOwn(cpu)) {
            sock.deferred(bit, cpu);
            sock.context().release(cpu);
        } else {
            sock.context().defer(bit, cpu);
        }
    }
}

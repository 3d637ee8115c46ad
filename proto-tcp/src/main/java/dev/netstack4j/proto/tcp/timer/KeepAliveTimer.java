package dev.netstack4j.proto.tcp.timer;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.output.ControlSegments;
import dev.netstack4j.proto.tcp.state.Endings;
import dev.netstack4j.proto.tcp.state.Opening;

/// Keep-alive, and the end of FIN-WAIT-2 without a descriptor.
@Rfc("9293#3.8.4")
@Linux("net/ipv4/tcp_timer.c#tcp_keepalive_timer")
public final class KeepAliveTimer {
    private static final long SECOND = 1_000_000_000L;
    private final ControlSegments control;
    private final Endings endings;
    private final Opening opening;
    private final TimerPort timers;
    private final TcpSysctls sysctls;
    private final TcpCounters counters;

    /// One per stack.
    public KeepAliveTimer(
            ControlSegments control,
            Endings endings,
            Opening opening,
            TimerPort timers,
            TcpSysctls sysctls,
            TcpCounters counters) {
        this.control = control;
        this.endings = endings;
        this.opening = opening;
        this.timers = timers;
        this.sysctls = sysctls;
        this.counters = counters;
    }

    void expired(TcpSock sock, Cpu cpu) {
        if (sock.state() == TcpState.FIN_WAIT2 && sock.isOrphaned()) {
            endings.done(sock, cpu);
            return;
        }
        if (!sock.settings().keepAlive || !sock.state().isSynchronised()) {
            return;
        }
        long now = cpu.nowNanos();
        long idle = now - Math.max(sock.rcv.lastDataNanos, sock.rcv.lastAckNanos);
        long wanted = opening.keepIdleNanos(sock);
        if (sock.snd.packetsOut > 0 || !sock.snd.queue.isEmpty()) {
            timers.keepAlive(sock, now + wanted, cpu);
        } else if (idle < wanted) {
            timers.keepAlive(sock, now + wanted - idle, cpu);
        } else {
            probe(sock, idle, cpu);
        }
    }

    private void probe(TcpSock sock, long idle, Cpu cpu) {
        int most = sock.opt.keepCount > 0 ? sock.opt.keepCount : sysctls.keepaliveProbes.get();
        long userTimeout = sock.opt.userTimeoutNanos;
        boolean hopeless = userTimeout > 0 ? idle >= userTimeout && sock.rec.probes > 0 : sock.rec.probes >= most;
        if (hopeless) {
            counters.abortOnTimeout.increment(cpu);
            control.sendReset(sock, cpu);
            int soft = sock.softError;
            endings.fail(sock, soft == 0 ? Errno.ETIMEDOUT : Errno.of(soft), cpu);
            return;
        }
        counters.keepAlive.increment(cpu);
        control.sendProbe(sock, cpu);
        ControlSegments.probed(sock.rec);
        int set = sock.opt.keepIntervalSeconds;
        long interval = (set > 0 ? set : sysctls.keepaliveIntvl.get()) * SECOND;
        timers.keepAlive(sock, cpu.nowNanos() + interval, cpu);
    }
}

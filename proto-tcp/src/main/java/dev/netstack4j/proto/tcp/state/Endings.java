package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.proto.tcp.control.DemuxPort;
import dev.netstack4j.proto.tcp.control.FastOpenVars;
import dev.netstack4j.proto.tcp.control.StackMemory;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.control.TimeWaitSock;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.fastopen.FastOpenQueue;
import dev.netstack4j.proto.tcp.input.Reader;
import dev.netstack4j.proto.tcp.input.SackReports;
import dev.netstack4j.proto.tcp.output.ControlSegments;
import dev.netstack4j.proto.tcp.output.OwedAck;
import dev.netstack4j.proto.tcp.output.WindowSelector;
import dev.netstack4j.proto.tcp.output.WriteLoop;
import dev.netstack4j.proto.tcp.recovery.RetransmitQueue;

/// The ways in which a connection ends.
public final class Endings {
    /// How long TIME-WAIT lasts: 2 MSL.
    public static final long TIME_WAIT_NANOS = 60_000_000_000L;

    private static final int COUNTED = TcpState.set(TcpState.ESTABLISHED, TcpState.CLOSE_WAIT);

    private final DemuxPort demux;
    private final TimerPort timers;
    private final Timers timerMaker;
    private final ControlSegments control;
    private final StackMemory memory;
    private final TcpSysctls sysctls;
    private final TcpCounters counters;
    private final TcpReasons reasons;
    /// Orphans by CPU, where one may end on another than it began on; each written by its CPU.
    private final int[] orphans;

    /// One per stack.
    public Endings(
            DemuxPort demux,
            TimerPort timers,
            Timers timerMaker,
            ControlSegments control,
            StackMemory memory,
            TcpSysctls sysctls,
            TcpCounters counters,
            TcpReasons reasons,
            int cpus) {
        orphans = new int[cpus];
        this.demux = demux;
        this.timers = timers;
        this.timerMaker = timerMaker;
        this.control = control;
        this.memory = memory;
        this.sysctls = sysctls;
        this.counters = counters;
        this.reasons = reasons;
    }

    /// Changes the state and keeps the counters of established connections.
    @Linux("net/ipv4/tcp.c#tcp_set_state")
    public void enter(TcpSock sock, TcpState next, Cpu cpu) {
        TcpState old = sock.state();
        boolean was = old.in(COUNTED);
        if (was != next.in(COUNTED)) {
            counters.currEstab.add(cpu, was ? -1 : 1);
        }
        sock.state(next);
        sock.events().stateChanged(sock, old, next, cpu);
        FastOpenVars early = sock.fastOpen;
        if (early != null && next != TcpState.FIN_WAIT1) { // the server may close before the handshake is over
            leaveQueue(early, cpu);
        }
    }

    /// The handshake of an early connection is over, or the connection is.
    @Linux("net/core/request_sock.c#reqsk_fastopen_remove")
    private static void leaveQueue(FastOpenVars early, Cpu cpu) {
        FastOpenQueue queue = early.queue;
        if (queue != null) {
            queue.leave(early.reset, cpu.nowNanos());
            early.queue = null;
        }
    }

    /// The connection is over: nothing of it stays but what the application has not read.
    @Linux("net/ipv4/tcp.c#tcp_done")
    public void done(TcpSock sock, Cpu cpu) {
        TcpState old = sock.state();
        if (old == TcpState.CLOSED) {
            return;
        }
        if (old == TcpState.SYN_SENT || old == TcpState.SYN_RECEIVED) {
            counters.attemptFails.increment(cpu);
        }
        leave(sock, cpu);
        sock.addShutdown(Sock.SHUTDOWN_MASK);
        if (sock.isOrphaned()) {
            dropReceived(sock, cpu);
        } else {
            sock.stateChange(cpu);
        }
    }

    /// Takes a connection out of its tables, with its timers and what it had to send. A port that the application chose
    /// stays with the socket until that is closed.
    void leave(TcpSock sock, Cpu cpu) {
        enter(sock, TcpState.CLOSED, cpu);
        timers.stop(sock, cpu);
        if (sock.countedOrphan) {
            sock.countedOrphan = false;
            orphans[cpu.id()]--;
        }
        demux.remove(sock);
        if (!sock.portChosen || sock.isOrphaned()) {
            demux.release(sock);
        }
        dropSent(sock, cpu);
        sock.rcv.outOfOrder.dropAll(reasons.aborted, cpu);
        memory.account(sock, cpu);
        sock.receiveDst = null;
    }

    /// Frees both send queues.
    @Linux("net/ipv4/tcp.c#tcp_write_queue_purge")
    private void dropSent(TcpSock sock, Cpu cpu) {
        RetransmitQueue.forget(sock);
        sock.snd.queue.dropAll(reasons.aborted, cpu);
        sock.snd.retransmit.dropAll(reasons.aborted, cpu);
        WriteLoop.unthrottle(sock);
    }

    /// Frees what nobody will read.
    public void dropReceived(TcpSock sock, Cpu cpu) {
        sock.receiveQueue().dropAll(reasons.closed, cpu);
        sock.rcv.outOfOrder.dropAll(reasons.aborted, cpu);
        Reader.passAll(sock.rcv);
        memory.account(sock, cpu);
    }

    /// The application has gone and the connection goes on without it; too many of such are reset.
    @Linux("net/ipv4/tcp.c#tcp_check_oom")
    void orphaned(TcpSock sock, Cpu cpu) {
        if (sock.state() == TcpState.CLOSED) {
            return;
        }
        sock.countedOrphan = true;
        orphans[cpu.id()]++;
        int all = 0;
        for (int n : orphans) {
            all += n;
        }
        if (all > sysctls.maxOrphans.get() || memory.isFull() && sock.snd.queuedTruesize > StackMemory.PAGE) {
            counters.abortOnMemory.increment(cpu);
            abort(sock, cpu);
        }
    }

    /// Ends with an error for the application.
    @Linux("net/ipv4/tcp.c#tcp_abort")
    public void fail(TcpSock sock, Errno errno, Cpu cpu) {
        if (!sock.isOrphaned()) {
            sock.error(errno.code(), cpu);
        }
        done(sock, cpu);
    }

    /// The peer reset the connection.
    @Rfc("9293#3.10.7.4")
    @Linux("net/ipv4/tcp_input.c#tcp_reset")
    public void reset(TcpSock sock, Cpu cpu) {
        Errno errno = switch (sock.state()) {
            case SYN_SENT -> Errno.ECONNREFUSED;
            case CLOSE_WAIT -> Errno.EPIPE;
            default -> Errno.ECONNRESET;
        };
        if (sock.state().in(COUNTED)) {
            counters.estabResets.increment(cpu);
        }
        if (sock.fastOpen != null) {
            sock.fastOpen.reset = sock.parent == null; // one that nobody has accepted yet is forgotten
        }
        fail(sock, errno, cpu);
    }

    /// Tells the peer by RST, then ends.
    public void abort(TcpSock sock, Cpu cpu) {
        if (sock.state().isSynchronised() || sock.state() == TcpState.SYN_RECEIVED) {
            control.sendReset(sock, cpu);
        }
        done(sock, cpu);
    }

    /// Both sides are closed: a small object answers late segments for a while.
    @Rfc("9293#3.6.1")
    @Linux("net/ipv4/tcp_minisocks.c#tcp_time_wait")
    public void timeWait(TcpSock sock, Cpu cpu) {
        if (demux.timeWaits() >= sysctls.maxTwBuckets.get()) {
            counters.timeWaitOverflow.increment(cpu);
            done(sock, cpu);
            return;
        }
        counters.timeWait.increment(cpu);
        TimeWaitSock remains = new TimeWaitSock();
        remains.sndNxt = sock.snd.nxt;
        remains.rcvNxt = sock.rcv.nxt;
        remains.rcvWnd = sock.receiveWindow();
        remains.windowScale = sock.rcv.windowScale;
        remains.timestamps = sock.opt.timestamps;
        remains.tsRecent = sock.rcv.tsRecent;
        remains.timestampOffset = sock.opt.timestampOffset;
        remains.beganNanos = cpu.nowNanos();
        remains.heardNanos = sock.rcv.tsRecentNanos;
        remains.timer = timerMaker.coarse("tcp time-wait", c -> end(remains));
        demux.timeWait(sock, remains, cpu);
        remains.timer.arm(cpu.nowNanos() + TIME_WAIT_NANOS, cpu);
        done(sock, cpu);
    }

    private void end(TimeWaitSock remains) {
        demux.forget(remains);
    }

    /// Ends TIME-WAIT before its time.
    public void end(TimeWaitSock remains, Cpu cpu) {
        if (remains.timer != null) {
            remains.timer.cancel(cpu);
        }
        end(remains);
    }

    /// Nothing more will be written: a FIN follows the data.
    void closeSend(TcpSock sock, Cpu cpu) {
        if (toClosing(sock, cpu)) {
            control.sendFin(sock, cpu);
        }
    }

    /// The state after our close.
    ///
    /// @return whether a FIN is to be sent
    @Linux("net/ipv4/tcp.c#tcp_close_state")
    private boolean toClosing(TcpSock sock, Cpu cpu) {
        switch (sock.state()) {
            case ESTABLISHED, SYN_RECEIVED -> enter(sock, TcpState.FIN_WAIT1, cpu);
            case CLOSE_WAIT -> enter(sock, TcpState.LAST_ACK, cpu);
            default -> {
                return false;
            }
        }
        return true;
    }

    /// The peer's FIN has been reached.
    @Rfc("9293#3.10.7.4")
    @Linux("net/ipv4/tcp_input.c#tcp_fin")
    public void peerClosed(TcpSock sock, Cpu cpu) {
        sock.addShutdown(Sock.RCV_SHUTDOWN);
        OwedAck.some(sock.rcv);
        WindowSelector.predict(sock.rcv, 0);
        switch (sock.state()) {
            case SYN_RECEIVED, ESTABLISHED -> {
                enter(sock, TcpState.CLOSE_WAIT, cpu);
                // The application often closes too: then the acknowledgement rides on our FIN.
                OwedAck.rideOnAnswers(sock.rcv, true);
            }
            case FIN_WAIT1 -> {
                control.sendAck(sock, cpu);
                enter(sock, TcpState.CLOSING, cpu);
            }
            case FIN_WAIT2 -> {
                control.sendAck(sock, cpu);
                timeWait(sock, cpu);
                return;
            }
            default -> {}
        }
        sock.rcv.outOfOrder.dropAll(reasons.aborted, cpu);
        SackReports.forget(sock.rcv);
        if (!sock.isOrphaned()) {
            sock.context().wake(PollEvents.IN | PollEvents.RDHUP | PollEvents.HUP | PollEvents.OUT, cpu);
        }
    }

    /// Our FIN has been acknowledged in FIN-WAIT-1.
    ///
    /// @param more whether the segment carries data that nobody will read
    /// @return whether the connection is still there
    public boolean finAcknowledged(TcpSock sock, boolean more, Cpu cpu) {
        enter(sock, TcpState.FIN_WAIT2, cpu);
        sock.addShutdown(Sock.SEND_SHUTDOWN);
        if (!sock.isOrphaned()) {
            sock.stateChange(cpu);
            return true;
        }
        if (sock.opt.finWait2Seconds < 0) {
            done(sock, cpu);
            counters.abortOnData.increment(cpu);
            return false;
        }
        if (more) {
            counters.abortOnData.increment(cpu);
            abort(sock, cpu);
            return false;
        }
        armFinWait2(sock, cpu);
        return true;
    }

    /// Nobody waits for the peer's FIN for ever when no descriptor is left.
    public void armFinWait2(TcpSock sock, Cpu cpu) {
        int set = sock.opt.finWait2Seconds;
        int seconds = set > 0 ? set : sysctls.finTimeout.get();
        timers.keepAlive(sock, cpu.nowNanos() + seconds * 1_000_000_000L, cpu);
    }
}

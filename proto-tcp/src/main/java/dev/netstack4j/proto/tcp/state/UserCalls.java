package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.proto.tcp.congestion.CongestionKinds;
import dev.netstack4j.proto.tcp.control.DemuxPort;
import dev.netstack4j.proto.tcp.control.ListenVars;
import dev.netstack4j.proto.tcp.control.RequestSock;
import dev.netstack4j.proto.tcp.control.SendVars;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.control.TimeWaitSock;
import dev.netstack4j.proto.tcp.control.TimerVars;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.input.AckProcessor;
import dev.netstack4j.proto.tcp.input.Reader;
import dev.netstack4j.proto.tcp.input.SegmentCheck;
import dev.netstack4j.proto.tcp.output.ControlSegments;
import dev.netstack4j.proto.tcp.output.SegmentSize;
import dev.netstack4j.proto.tcp.output.SendNumbers;
import org.jspecify.annotations.Nullable;

/// What the application's calls do to the state: open, accept, shut down, close.
@Rfc({"9293#3.10.1", "9293#3.10.4", "9293#3.10.5"})
public final class UserCalls {
    private static final int ASK_FOR_ECN = 1;
    private static final int BEHIND_OLD_WINDOW = 65535 + 2;
    private static final int FIN_SENT = TcpState.set(TcpState.CLOSING, TcpState.LAST_ACK);
    private static final int PEER_WAITS = TcpState.set(
            TcpState.SYN_RECEIVED, TcpState.ESTABLISHED, TcpState.FIN_WAIT1, TcpState.FIN_WAIT2, TcpState.CLOSE_WAIT);
    private final DemuxPort demux;
    private final Opening opening;
    private final Endings endings;
    private final SynQueue requests;
    private final ControlSegments control;
    private final FastOpenClient fastOpen;
    private final SegmentSize sizes;
    private final SequenceNumbers numbers;
    private final CongestionKinds kinds;
    private final TcpSysctls sysctls;
    private final TcpCounters counters;

    UserCalls(
            DemuxPort demux,
            Opening opening,
            Endings endings,
            SynQueue requests,
            ControlSegments control,
            FastOpenClient fastOpen,
            SegmentSize sizes,
            SequenceNumbers numbers,
            CongestionKinds kinds,
            TcpSysctls sysctls,
            TcpCounters counters) {
        this.demux = demux;
        this.opening = opening;
        this.endings = endings;
        this.requests = requests;
        this.control = control;
        this.fastOpen = fastOpen;
        this.sizes = sizes;
        this.numbers = numbers;
        this.kinds = kinds;
        this.sysctls = sysctls;
        this.counters = counters;
    }

    /// Begins an active open: addresses, ports and route are set.
    ///
    /// @param message first data for the SYN, which advances by what it takes; null without
    /// @return 0 or a negative error
    @Linux("net/ipv4/tcp_ipv4.c#tcp_v4_connect")
    public int open(TcpSock sock, @Nullable Message message, Cpu cpu) {
        begin(sock, cpu);
        return message == null && fastOpen.mustWait(sock) ? 0 : sendSyn(sock, message, cpu);
    }

    private void begin(TcpSock sock, Cpu cpu) {
        opening.prepare(sock);
        int ports = sock.localPort() << 16 | sock.remotePort();
        SendVars snd = sock.snd;
        snd.isn = numbers.initial(sock.localAddress(), sock.remoteAddress(), ports, cpu);
        takeOver(sock, cpu);
        AckProcessor.begin(snd);
        SendNumbers.beforeSyn(sock);
        sock.opt.timestampOffset = numbers.timestampOffset(sock.localAddress(), sock.remoteAddress());
        sizes.sync(sock);
        endings.enter(sock, TcpState.SYN_SENT, cpu);
        demux.insert(sock, cpu);
    }

    /// Sends the SYN of a connection whose tables and numbers are ready.
    ///
    /// @return as [#open]
    @Linux("net/ipv4/tcp_output.c#tcp_connect")
    public int sendSyn(TcpSock sock, @Nullable Message message, Cpu cpu) {
        counters.activeOpens.increment(cpu);
        sock.ecn.asked = sysctls.ecn.get() == ASK_FOR_ECN || kinds.needsEcn(sock);
        int flags = sock.ecn.asked ? TcpFlags.SYN | TcpFlags.ECE | TcpFlags.CWR : TcpFlags.SYN;
        int result = fastOpen.sendSyn(sock, flags, message, cpu);
        boolean comesAgain = result == Errno.ENOBUFS.negative() && !sock.snd.retransmit.isEmpty();
        if (result < 0 && !comesAgain) {
            endings.done(sock, cpu);
            return result;
        }
        return 0;
    }

    /// After an earlier connection with the same ends: numbers begin behind its window, and its timestamp still counts.
    @Linux("net/ipv4/tcp_ipv4.c#tcp_twsk_unique")
    private void takeOver(TcpSock sock, Cpu cpu) {
        TimeWaitSock old = sock.reused;
        if (old != null) {
            sock.snd.isn = old.sndNxt + BEHIND_OLD_WINDOW;
            SegmentCheck.storeTimestamp(sock.rcv, old.tsRecent, cpu);
            counters.timeWaitRecycled.increment(cpu);
        }
    }

    /// Takes a connection that waits, or null.
    @Linux("net/ipv4/inet_connection_sock.c#inet_csk_accept")
    public @Nullable TcpSock accept(TcpSock listener) {
        ListenVars vars = listener.listen;
        TcpSock child = vars == null ? null : ListenState.dequeue(vars);
        if (child != null) {
            child.parent = null;
        }
        return child;
    }

    /// Ends the sending direction.
    @Linux("net/ipv4/tcp.c#tcp_shutdown")
    public void shutdownSend(TcpSock sock, Cpu cpu) {
        if (sock.state() != TcpState.SYN_RECEIVED) { // otherwise when the handshake is over
            endings.closeSend(sock, cpu);
        }
    }

    /// The last descriptor is gone.
    @Linux("net/ipv4/tcp.c#__tcp_close")
    public void close(TcpSock sock, Cpu cpu) {
        sock.addShutdown(Sock.SHUTDOWN_MASK);
        if (sock.state() == TcpState.LISTEN) {
            closeListener(sock, cpu);
            return;
        }
        if (sock.state() == TcpState.CLOSED) {
            endings.dropReceived(sock, cpu);
            demux.release(sock);
            return;
        }
        boolean unread = Reader.available(sock) > 0;
        endings.dropReceived(sock, cpu);
        if (unread) {
            counters.abortOnClose.increment(cpu);
            endings.abort(sock, cpu);
        } else if (sock.settings().lingerSeconds == 0) {
            counters.abortOnLinger.increment(cpu);
            endings.abort(sock, cpu);
        } else {
            inOrder(sock, cpu);
        }
    }

    private void inOrder(TcpSock sock, Cpu cpu) {
        if (sock.state() == TcpState.SYN_SENT) {
            endings.done(sock, cpu);
            return;
        }
        endings.closeSend(sock, cpu);
        if (sock.state() == TcpState.FIN_WAIT2) {
            if (sock.opt.finWait2Seconds < 0) {
                endings.abort(sock, cpu);
            } else {
                endings.armFinWait2(sock, cpu);
            }
        }
        endings.orphaned(sock, cpu);
    }

    /// Half-open connections are forgotten, those that wait to be accepted are reset.
    @Linux("net/ipv4/inet_connection_sock.c#inet_csk_listen_stop")
    public void closeListener(TcpSock listener, Cpu cpu) {
        stopListening(listener, cpu);
        demux.release(listener);
    }

    private void stopListening(TcpSock listener, Cpu cpu) {
        demux.removeListener(listener);
        endings.enter(listener, TcpState.CLOSED, cpu);
        ListenVars vars = listener.listen;
        if (vars != null) {
            for (RequestSock r = vars.synFirst; r != null; r = vars.synFirst) {
                requests.remove(r, cpu);
            }
            for (TcpSock child = ListenState.dequeue(vars); child != null; child = ListenState.dequeue(vars)) {
                abandon(child, cpu);
            }
        }
    }

    private static void abandon(TcpSock child, Cpu cpu) {
        child.parent = null;
        child.context().defer(TimerVars.ABANDON, cpu);
    }

    /// The listener closed before anybody accepted this connection.
    public void abandoned(TcpSock child, Cpu cpu) {
        child.orphan();
        endings.dropReceived(child, cpu);
        endings.abort(child, cpu);
    }

    /// Takes a connection apart, or ends listening: afterwards the socket is as new, but for its options and for what
    /// was bound. The peer is told by RST where it may still wait for something.
    @Linux("net/ipv4/tcp.c#tcp_disconnect")
    public void disconnect(TcpSock sock, Cpu cpu) {
        TcpState old = sock.state();
        boolean unsent = old.in(FIN_SENT) && sock.snd.nxt != sock.snd.writeSeq;
        boolean reset = old.in(PEER_WAITS) || unsent;
        if (old == TcpState.LISTEN) {
            stopListening(sock, cpu);
        } else if (old != TcpState.CLOSED) {
            if (reset) {
                control.sendReset(sock, cpu);
            }
            endings.leave(sock, cpu);
        }
        endings.dropReceived(sock, cpu);
        sock.renew();
        sock.reopen();
        demux.disconnect(sock);
        if (reset || old == TcpState.SYN_SENT) {
            sock.error(Errno.ECONNRESET.code(), cpu);
        }
        sock.stateChange(cpu);
    }
}

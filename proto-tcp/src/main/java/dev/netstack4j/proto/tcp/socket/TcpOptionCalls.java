package dev.netstack4j.proto.tcp.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetOptions;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.ProtoOptions;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockSettings;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.proto.tcp.congestion.CongestionWindow;
import dev.netstack4j.proto.tcp.control.TcpSettings;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.input.ReceiveTuning;
import dev.netstack4j.proto.tcp.output.OwedAck;
import dev.netstack4j.proto.tcp.output.WindowSelector;
import dev.netstack4j.proto.tcp.output.WriteLoop;

/// Options of the levels TCP and IP, and the ioctls of a stream.
@Linux("net/ipv4/tcp.c#do_tcp_setsockopt")
final class TcpOptionCalls implements ProtoOptions {
    private static final int SIOCINQ = 0x541B;
    private static final int SIOCOUTQ = 0x5411;
    private static final int SIOCOUTQNSD = 0x894B;
    private static final int SIOCATMARK = 0x8905;
    private static final int LEAST_WINDOW_CLAMP = 1152;
    private static final long SECOND = 1_000_000_000L;
    private final TcpStack tcp;
    private final FastOpenCalls fastOpen;

    TcpOptionCalls(TcpStack tcp, FastOpenCalls fastOpen) {
        this.tcp = tcp;
        this.fastOpen = fastOpen;
    }

    @Override
    public int set(Sock s, int level, int name, OptionValue value, Cpu cpu) {
        TcpSock sock = (TcpSock) s;
        if (level == SocketOption.SOL_IP) {
            return setIp(sock, name, value, cpu);
        }
        if (level != SocketOption.SOL_TCP) {
            return Errno.ENOPROTOOPT.negative();
        }
        return switch (name) {
            case SocketOption.TCP_CONGESTION -> setCongestion(sock, value.text(), cpu);
            case SocketOption.TCP_FASTOPEN_KEY -> fastOpen.setKeys(sock, value.text());
            case SocketOption.TCP_FASTOPEN, SocketOption.TCP_FASTOPEN_CONNECT, SocketOption.TCP_FASTOPEN_NO_COOKIE ->
                fastOpen.set(sock, name, value.number());
            default -> setNumber(sock, name, value.number(), cpu);
        };
    }

    @Override
    public void socketOptionSet(Sock sock, int name, Cpu cpu) {
        if (name == SocketOption.SO_KEEPALIVE) {
            tcp.keepAliveChanged((TcpSock) sock, cpu);
        } else if (name == SocketOption.SO_RCVLOWAT) {
            lowWater((TcpSock) sock, cpu);
        }
    }

    /// More than the buffer can ever hold is not waited for, and the buffer grows to hold it.
    @Linux("net/ipv4/tcp.c#tcp_set_rcvlowat")
    private void lowWater(TcpSock sock, Cpu cpu) {
        SockSettings s = sock.settings();
        int most = s.receiveBufferLocked
                ? s.receiveBuffer >> 1
                : tcp.sysctls().rmemMax.get() >> 1;
        s.receiveLowWater = Math.min(s.receiveLowWater, most);
        sock.dataReady(cpu);
        int space = WindowSelector.toSpace(s.receiveLowWater);
        if (!s.receiveBufferLocked && space > s.receiveBuffer) {
            s.receiveBuffer = space;
            ReceiveTuning.clamp(sock, s.receiveLowWater);
        }
    }

    /// Two bits of the type of service are TCP's own, and no stream is multicast.
    @Linux("net/ipv4/ip_sockglue.c#__ip_sock_set_tos")
    private static int setIp(TcpSock sock, int name, OptionValue value, Cpu cpu) {
        return switch (name) {
            case SocketOption.IP_TOS -> {
                long tos = value.number() & 0xFC | sock.tos() & 3;
                yield InetOptions.INSTANCE.set(sock, SocketOption.SOL_IP, name, OptionValue.of(tos), cpu);
            }
            case SocketOption.IP_MULTICAST_TTL -> Errno.EINVAL.negative();
            default -> InetOptions.INSTANCE.set(sock, SocketOption.SOL_IP, name, value, cpu);
        };
    }

    private int setCongestion(TcpSock sock, String name, Cpu cpu) {
        if (!tcp.kinds().exists(name)) {
            return Errno.ENOENT.negative();
        }
        sock.opt.congestion = name;
        if (sock.state().isSynchronised()) {
            tcp.kinds().assign(sock);
            CongestionWindow.changed(sock, cpu);
        }
        return 0;
    }

    private int setNumber(TcpSock sock, int name, long v, Cpu cpu) {
        TcpSettings o = sock.opt;
        switch (name) {
            case SocketOption.TCP_NODELAY -> {
                o.noDelay = v != 0;
                pushIf(sock, o.noDelay, cpu);
            }
            case SocketOption.TCP_CORK -> {
                o.cork = v != 0;
                pushIf(sock, !o.cork, cpu);
            }
            case SocketOption.TCP_QUICKACK -> quickAck(sock, v != 0, cpu);
            default -> {
                return setRanged(sock, name, v, cpu);
            }
        }
        return 0;
    }

    private void pushIf(TcpSock sock, boolean push, Cpu cpu) {
        if (push) {
            tcp.loop().push(sock, WriteLoop.Nagle.OFF, cpu);
        }
    }

    private void quickAck(TcpSock sock, boolean on, Cpu cpu) {
        sock.opt.quickAck = on;
        OwedAck.rideOnAnswers(sock.rcv, !on);
        if (on
                && sock.rcv.ackPending
                && sock.state().isSynchronised()
                && sock.receiveQueue().isEmpty()) {
            tcp.control().sendAck(sock, cpu);
        }
    }

    private int setRanged(TcpSock sock, int name, long v, Cpu cpu) {
        TcpSettings o = sock.opt;
        if (!isInRange(name, v)) {
            return (name == SocketOption.TCP_MAXSEG || isRanged(name) ? Errno.EINVAL : Errno.ENOPROTOOPT).negative();
        }
        int n = (int) v;
        switch (name) {
            case SocketOption.TCP_MAXSEG -> o.maxSegment = n;
            case SocketOption.TCP_KEEPIDLE -> {
                o.keepIdleSeconds = n;
                tcp.keepAliveChanged(sock, cpu);
            }
            case SocketOption.TCP_KEEPINTVL -> o.keepIntervalSeconds = n;
            case SocketOption.TCP_KEEPCNT -> o.keepCount = n;
            case SocketOption.TCP_SYNCNT -> o.synRetries = n;
            case SocketOption.TCP_LINGER2 -> o.finWait2Seconds = n < 0 ? -1 : Math.min(n, 120);
            case SocketOption.TCP_WINDOW_CLAMP -> {
                return windowClamp(sock, n);
            }
            case SocketOption.TCP_USER_TIMEOUT -> o.userTimeoutNanos = v * 1_000_000L;
            case SocketOption.TCP_DEFER_ACCEPT -> o.deferAccept = DeferAccept.retransmissions(n);
            case SocketOption.TCP_NOTSENT_LOWAT -> o.notSentLowWater = n;
            default -> {
                return Errno.ENOPROTOOPT.negative();
            }
        }
        return 0;
    }

    @Linux("net/ipv4/tcp.c#tcp_set_window_clamp")
    private static int windowClamp(TcpSock sock, int n) {
        if (n == 0 && sock.state() != TcpState.CLOSED) {
            return Errno.EINVAL.negative();
        }
        sock.opt.windowClamp = n == 0 ? 0 : Math.max(n, LEAST_WINDOW_CLAMP);
        ReceiveTuning.clamp(sock, n == 0 ? 0 : sock.opt.windowClamp);
        return 0;
    }

    private static boolean isRanged(int name) {
        return name >= SocketOption.TCP_KEEPIDLE && name <= SocketOption.TCP_SYNCNT
                || name == SocketOption.TCP_USER_TIMEOUT;
    }

    private static boolean isInRange(int name, long v) {
        return switch (name) {
            case SocketOption.TCP_MAXSEG -> v == 0 || v >= 88 && v <= 32767;
            case SocketOption.TCP_KEEPIDLE, SocketOption.TCP_KEEPINTVL -> v >= 1 && v <= 32767;
            case SocketOption.TCP_KEEPCNT, SocketOption.TCP_SYNCNT -> v >= 1 && v <= 127;
            case SocketOption.TCP_USER_TIMEOUT -> v >= 0 && v <= Integer.MAX_VALUE;
            case SocketOption.TCP_LINGER2,
                    SocketOption.TCP_DEFER_ACCEPT,
                    SocketOption.TCP_NOTSENT_LOWAT,
                    SocketOption.TCP_WINDOW_CLAMP -> true;
            default -> false;
        };
    }

    @Override
    public int get(Sock s, int level, int name, OptionValue into, Cpu cpu) {
        TcpSock sock = (TcpSock) s;
        if (level == SocketOption.SOL_IP) {
            return InetOptions.INSTANCE.get(sock, level, name, into, cpu);
        }
        if (level != SocketOption.SOL_TCP) {
            return Errno.ENOPROTOOPT.negative();
        }
        if (name == SocketOption.TCP_INFO) {
            TcpInfo.fill(sock, tcp.advertisedMss(sock), into, cpu);
            return 0;
        }
        if (name == SocketOption.TCP_CONGESTION) {
            into.text(tcp.kinds().nameOf(sock));
            return 0;
        }
        if (name == SocketOption.TCP_FASTOPEN_KEY) {
            into.text(fastOpen.keys(sock));
            return 0;
        }
        return getNumber(sock, name, into);
    }

    private int getNumber(TcpSock sock, int name, OptionValue into) {
        TcpSettings o = sock.opt;
        switch (name) {
            case SocketOption.TCP_NODELAY -> into.number(o.noDelay ? 1 : 0);
            case SocketOption.TCP_CORK -> into.number(o.cork ? 1 : 0);
            case SocketOption.TCP_MAXSEG -> into.number(maxSegment(sock));
            case SocketOption.TCP_KEEPIDLE ->
                into.number(or(o.keepIdleSeconds, tcp.sysctls().keepaliveTime.get()));
            case SocketOption.TCP_KEEPINTVL ->
                into.number(
                        or(o.keepIntervalSeconds, tcp.sysctls().keepaliveIntvl.get()));
            case SocketOption.TCP_KEEPCNT ->
                into.number(or(o.keepCount, tcp.sysctls().keepaliveProbes.get()));
            case SocketOption.TCP_SYNCNT ->
                into.number(or(o.synRetries, tcp.sysctls().synRetries.get()));
            case SocketOption.TCP_LINGER2 ->
                into.number(or(o.finWait2Seconds, tcp.sysctls().finTimeout.get()));
            case SocketOption.TCP_DEFER_ACCEPT -> into.number(DeferAccept.seconds(o.deferAccept));
            case SocketOption.TCP_NOTSENT_LOWAT -> into.number(o.notSentLowWater);
            case SocketOption.TCP_WINDOW_CLAMP -> into.number(sock.rcv.windowClamp);
            case SocketOption.TCP_FASTOPEN, SocketOption.TCP_FASTOPEN_CONNECT, SocketOption.TCP_FASTOPEN_NO_COOKIE ->
                into.number(FastOpenCalls.get(sock, name));
            case SocketOption.TCP_QUICKACK -> into.number(sock.rcv.pingPong ? 0 : 1);
            case SocketOption.TCP_USER_TIMEOUT -> into.number(o.userTimeoutNanos / 1_000_000L);
            default -> {
                return Errno.ENOPROTOOPT.negative();
            }
        }
        return 0;
    }

    private static int maxSegment(TcpSock sock) {
        boolean unknown = sock.state() == TcpState.CLOSED || sock.state() == TcpState.LISTEN;
        return unknown && sock.opt.maxSegment > 0 ? sock.opt.maxSegment : sock.snd.mss;
    }

    private static int or(int set, int standard) {
        return set == 0 ? standard : set;
    }

    @Override
    public int ioctl(Sock s, int request, OptionValue value, Cpu cpu) {
        TcpSock sock = (TcpSock) s;
        if (sock.state() == TcpState.LISTEN) {
            return Errno.EINVAL.negative();
        }
        switch (request) {
            case SIOCINQ -> value.number(TcpProtoOps.available(sock));
            case SIOCOUTQ -> value.number(unacknowledged(sock));
            case SIOCOUTQNSD -> value.number(unacknowledged(sock) == 0 ? 0 : sock.snd.writeSeq - sock.snd.nxt);
            case SIOCATMARK -> value.number(sock.rcv.urgentPending && sock.rcv.urgentSeq == sock.rcv.copiedSeq ? 1 : 0);
            default -> {
                return Errno.ENOTTY.negative();
            }
        }
        return 0;
    }

    private static long unacknowledged(TcpSock sock) {
        boolean opening = sock.state() == TcpState.SYN_SENT || sock.state() == TcpState.SYN_RECEIVED;
        return opening || sock.state() == TcpState.CLOSED ? 0 : sock.snd.writeSeq - sock.snd.una;
    }

    static long seconds(long nanos) {
        return nanos / SECOND;
    }
}

package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.proto.tcp.control.FastOpenVars;
import dev.netstack4j.proto.tcp.control.SendVars;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.fastopen.KnownServer;
import dev.netstack4j.proto.tcp.fastopen.ServerCache;
import dev.netstack4j.proto.tcp.header.FastOpenOption;
import dev.netstack4j.proto.tcp.header.ParsedOptions;
import dev.netstack4j.proto.tcp.output.ControlSegments;
import dev.netstack4j.proto.tcp.output.Retransmitter;
import dev.netstack4j.proto.tcp.output.SegmentSize;
import dev.netstack4j.proto.tcp.output.SendBuffer;
import dev.netstack4j.proto.tcp.recovery.LossRecovery;
import org.jspecify.annotations.Nullable;

/// The connecting side of Fast Open: what a SYN carries, and what a SYN-ACK says to that. Under the socket's ownership.
@Rfc("7413#4.2")
@Linux("net/ipv4/tcp_fastopen.c#tcp_fastopen_cookie_check")
final class FastOpenClient {
    private static final int WITHOUT_COOKIE = 4;
    private static final int TRY_EXPERIMENTAL = 1;
    private static final int TRIED_EXPERIMENTAL = 2;

    private final ServerCache servers;
    private final ControlSegments control;
    private final SendBuffer buffer;
    private final SegmentSize sizes;
    private final LossRecovery recovery;
    private final Retransmitter retransmitter;
    private final TcpSysctls sysctls;
    private final TcpCounters counters;

    FastOpenClient(
            ServerCache servers,
            ControlSegments control,
            SendBuffer buffer,
            SegmentSize sizes,
            LossRecovery recovery,
            Retransmitter retransmitter,
            TcpSysctls sysctls,
            TcpCounters counters) {
        this.servers = servers;
        this.control = control;
        this.buffer = buffer;
        this.sizes = sizes;
        this.recovery = recovery;
        this.retransmitter = retransmitter;
        this.sysctls = sysctls;
        this.counters = counters;
    }

    /// TCP_FASTOPEN_CONNECT: with a cookie at hand the SYN waits for the first data, otherwise it asks for a cookie.
    ///
    /// @return whether it waits
    @Linux("net/ipv4/tcp_fastopen.c#tcp_fastopen_defer_connect")
    boolean mustWait(TcpSock sock) {
        if (!sock.opt.fastOpenConnect) {
            return false;
        }
        FastOpenVars vars = new FastOpenVars();
        sock.fastOpen = vars;
        vars.deferred = mayCarryData(sock, vars.next) != null;
        return vars.deferred;
    }

    /// Whether a SYN may carry data.
    ///
    /// @param option becomes the option of the SYN
    /// @return what is known of the server; null for a SYN without data
    private @Nullable KnownServer mayCarryData(TcpSock sock, FastOpenOption option) {
        KnownServer known = new KnownServer();
        servers.get(sock.localAddress(), sock.remoteAddress(), known);
        option.copy(known.cookie);
        if (sock.opt.fastOpenNoCookie || (sysctls.fastOpen.get() & WITHOUT_COOKIE) != 0) {
            option.clear();
            return known;
        }
        return known.cookie.length > 0 ? known : null;
    }

    /// Sends the SYN, with data if there are some and a cookie.
    ///
    /// @param message the first data; null without
    /// @return 0 or a negative error
    int sendSyn(TcpSock sock, int flags, @Nullable Message message, Cpu cpu) {
        FastOpenVars vars = sock.fastOpen;
        if (message == null) {
            return vars == null ? control.sendSyn(sock, flags, cpu) : ask(sock, vars, flags, cpu);
        }
        if (vars == null) {
            vars = new FastOpenVars();
            sock.fastOpen = vars;
        }
        vars.deferred = false;
        KnownServer known = mayCarryData(sock, vars.next);
        if (known == null) {
            vars.clientFail = FastOpenVars.COOKIE_UNAVAILABLE;
            return ask(sock, vars, flags, cpu);
        }
        sock.snd.peerMss = known.mss == 0 ? sizes.advertised(sock) : known.mss;
        sizes.sync(sock);
        SkBuff data = buffer.first(sock, message, cpu);
        return data == null ? ask(sock, vars, flags, cpu) : send(sock, vars, flags, data, cpu);
    }

    private int ask(TcpSock sock, FastOpenVars vars, int flags, Cpu cpu) {
        note(vars);
        return control.sendSyn(sock, flags, cpu);
    }

    private int send(TcpSock sock, FastOpenVars vars, int flags, SkBuff data, Cpu cpu) {
        note(vars);
        vars.synData = true;
        return control.sendSynData(sock, flags, data, cpu);
    }

    private static void note(FastOpenVars vars) {
        vars.asked = vars.next.length >= 0;
        vars.askedExperimental = vars.asked && vars.next.experimental;
    }

    /// A SYN-ACK: remembers what it says of the server. Data that it does not acknowledge goes out again at once.
    ///
    /// @param told the MSS of the SYN-ACK
    /// @return whether data was sent again, so that nothing else need acknowledge the SYN-ACK
    @Rfc("7413#4.2.1")
    @Linux("net/ipv4/tcp_input.c#tcp_rcv_fastopen_synack")
    boolean answered(TcpSock sock, ParsedOptions told, Cpu cpu) {
        FastOpenVars vars = sock.fastOpen;
        if (vars == null || !vars.asked && !vars.synData) {
            return false;
        }
        SendVars snd = sock.snd;
        boolean waiting = vars.synData && !snd.retransmit.isEmpty();
        boolean again = sock.rec.totalRetransmits > 0;
        remember(sock, vars, told, again, waiting);
        if (waiting) {
            vars.clientFail = again ? FastOpenVars.SYN_RETRANSMITTED : FastOpenVars.DATA_NOT_ACKED;
            counters.fastOpenActiveFail.increment(cpu);
            recovery.notReceived(sock, cpu);
            long before = sock.rec.totalRetransmits;
            retransmitter.run(sock, cpu);
            return sock.rec.totalRetransmits != before;
        }
        vars.synDataAcked = vars.synData;
        if (vars.synData) {
            counters.fastOpenActive.increment(cpu);
        }
        return false;
    }

    private void remember(TcpSock sock, FastOpenVars vars, ParsedOptions told, boolean again, boolean waiting) {
        FastOpenOption cookie = told.fastOpen;
        boolean lost = false;
        int tryExperimental = 0;
        if (!vars.asked) {
            cookie.clear();
        } else if (again) {
            lost = cookie.length < 0 && waiting;
        } else if (cookie.length < 0 && !vars.synData) {
            tryExperimental = vars.askedExperimental ? TRIED_EXPERIMENTAL : TRY_EXPERIMENTAL;
        }
        servers.set(sock.localAddress(), sock.remoteAddress(), told.mss, cookie, lost, tryExperimental);
    }
}

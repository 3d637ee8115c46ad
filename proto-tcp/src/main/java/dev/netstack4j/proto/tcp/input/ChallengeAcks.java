package dev.netstack4j.proto.tcp.input;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.RandomStream;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.output.ControlSegments;

/// Answers suspicious segments with an ACK, so that only the true peer can confirm them; not more than so many a
/// second, and on one connection only one in half a second. Each CPU has its share of the limit of the host, drawn anew
/// every second so that it cannot be used to count.
@Rfc("5961#7")
@Linux("net/ipv4/tcp_input.c#tcp_send_challenge_ack")
public final class ChallengeAcks {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private final ControlSegments control;
    private final TcpSysctls sysctls;
    private final TcpCounters counters;
    private final RandomStream random;
    private final long[] second;
    private final int[] left;

    /// One per stack.
    public ChallengeAcks(
            ControlSegments control, TcpSysctls sysctls, TcpCounters counters, RandomStream random, int cpus) {
        this.control = control;
        this.sysctls = sysctls;
        this.counters = counters;
        this.random = random;
        second = new long[cpus];
        left = new int[cpus];
        java.util.Arrays.fill(second, -1);
    }

    /// Sends one unless a limit is reached.
    public void send(TcpSock sock, Cpu cpu) {
        if (isTimeFor(sock, cpu) && isAllowed(cpu)) {
            counters.challengeAck.increment(cpu);
            control.sendAck(sock, cpu);
        }
    }

    /// Whether the connection has not answered a segment outside the window just now.
    @Linux("net/ipv4/tcp_input.c#__tcp_oow_rate_limited")
    boolean isTimeFor(TcpSock sock, Cpu cpu) {
        long now = cpu.nowNanos();
        long last = sock.rcv.lastOutsideNanos;
        if (last != 0 && now - last < sysctls.invalidRatelimit.get() * MILLI) {
            return false;
        }
        sock.rcv.lastOutsideNanos = Math.max(1, now);
        return true;
    }

    private boolean isAllowed(Cpu cpu) {
        int id = cpu.id();
        long now = cpu.nowNanos() / SECOND;
        if (second[id] != now) {
            second[id] = now;
            int half = (sysctls.challengeAckLimit.get() / second.length + 1) / 2;
            left[id] = half + random.nextInt(Math.max(1, half));
        }
        return left[id]-- > 0;
    }
}

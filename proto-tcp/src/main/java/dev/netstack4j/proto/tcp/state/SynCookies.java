package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.KeyedHash;
import dev.netstack4j.proto.tcp.control.ListenVars;
import dev.netstack4j.proto.tcp.control.RequestSock;

/// SYN cookies: while the SYN queue is full nothing is kept of a SYN. Our initial sequence number is a keyed hash of
/// the ends, of the minute and of the peer's MSS; what else was agreed on stands in the lowest bits of our timestamp,
/// and without timestamps is given up. The acknowledgement brings both back.
@Rfc("4987#3.6")
@Linux("net/ipv4/syncookies.c#cookie_v4_check")
public final class SynCookies {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final int OLDEST = 2;
    private static final int COUNT_SHIFT = 24;
    private static final int DATA_MASK = (1 << COUNT_SHIFT) - 1;
    private static final int[] MSS = {536, 1300, 1440, 1460};

    private static final int OPTION_BITS = 6;
    private static final int NO_SCALE = 0xF;
    private static final int SACK = 1 << 4;
    private static final int ECN = 1 << 5;

    private final KeyedHash ends;
    private final KeyedHash minute;

    /// One per stack.
    public SynCookies(KeyedHash ends, KeyedHash minute) {
        this.ends = ends;
        this.minute = minute;
    }

    /// Gives a request that will not be kept its sequence number; its MSS becomes one of those that can be told.
    @Linux("net/ipv4/syncookies.c#__cookie_v4_init_sequence")
    void choose(RequestSock request, Cpu cpu) {
        int index = MSS.length - 1;
        while (index > 0 && MSS[index] > request.peerMss) {
            index--;
        }
        request.peerMss = MSS[index];
        request.cookie = true;
        if (!request.timestamps) {
            request.sack = false;
            request.peerScale = -1;
            request.ownScale = -1;
            request.ecn = false;
        }
        int count = count(cpu);
        request.isn = base(request) + (count << COUNT_SHIFT) + (hashOf(request, count) + index & DATA_MASK);
    }

    private static int count(Cpu cpu) {
        return (int) (cpu.nowNanos() / MINUTE_NANOS);
    }

    private int base(RequestSock r) {
        return (int) endsOf(r) + r.irs;
    }

    private long endsOf(RequestSock r) {
        return ends.of(r.localAddress, r.remoteAddress, r.localPort << 16 | r.remotePort);
    }

    private int hashOf(RequestSock r, int count) {
        return (int) minute.of(1, endsOf(r), 1, count, r.irs);
    }

    /// Whether the request's own sequence number is a cookie of ours of the last minutes; its MSS is set then.
    @Linux("net/ipv4/syncookies.c#__cookie_v4_check")
    boolean isOurs(RequestSock request, Cpu cpu) {
        int cookie = request.isn - base(request);
        int count = count(cpu);
        int age = count - (cookie >>> COUNT_SHIFT) & 0xFF;
        if (age >= OLDEST) {
            return false;
        }
        int index = cookie - hashOf(request, count - age) & DATA_MASK;
        if (index >= MSS.length) {
            return false;
        }
        request.peerMss = MSS[index];
        return true;
    }

    /// The timestamp that tells what was agreed on: never later than the clock.
    @Linux("net/ipv4/syncookies.c#cookie_init_timestamp")
    static int stamp(RequestSock r, int now) {
        int options = r.peerScale < 0 ? NO_SCALE : r.peerScale;
        options |= (r.sack ? SACK : 0) | (r.ecn ? ECN : 0);
        int clock = now - r.timestampOffset;
        int stamp = clock & -(1 << OPTION_BITS) | options;
        if (stamp - clock > 0) {
            stamp -= 1 << OPTION_BITS;
        }
        return stamp + r.timestampOffset;
    }

    /// Reads what the echo of such a timestamp tells.
    @Linux("net/ipv4/syncookies.c#cookie_timestamp_decode")
    static void decode(RequestSock r, int echo, int ownScale) {
        int options = echo - r.timestampOffset & (1 << OPTION_BITS) - 1;
        r.sack = (options & SACK) != 0;
        r.ecn = (options & ECN) != 0;
        int scale = options & NO_SCALE;
        r.peerScale = scale == NO_SCALE ? -1 : scale;
        r.ownScale = scale == NO_SCALE ? -1 : ownScale;
    }

    /// Whether this listener answered by cookies lately: otherwise an acknowledgement out of nowhere is not one.
    @Linux("include/net/tcp.h#tcp_synq_no_recent_overflow")
    static boolean wereSent(ListenVars vars, Cpu cpu) {
        return vars.cookieNanos != 0 && cpu.nowNanos() - vars.cookieNanos < OLDEST * MINUTE_NANOS;
    }
}

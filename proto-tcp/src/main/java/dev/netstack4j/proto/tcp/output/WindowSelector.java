package dev.netstack4j.proto.tcp.output;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.ReceiveVars;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.TcpOptions;

/// Which window to advertise: what fits in the receive buffer, never less than promised, never by a silly amount more.
@Rfc({"9293#3.8.6", "7323#2.4"})
public final class WindowSelector {
    /// What is promised under pressure.
    private static final int MODEST_SEGMENTS = 4;

    private final TcpCounters counters;

    /// One per stack.
    public WindowSelector(TcpCounters counters) {
        this.counters = counters;
    }

    /// Payload that memory of `space` bytes holds: about half is overhead.
    @Linux("include/net/tcp.h#tcp_win_from_space")
    public static int fromSpace(int space) {
        return space > 0 ? space >> 1 : 0;
    }

    /// Memory that is needed for a window.
    public static int toSpace(long window) {
        return (int) Math.min(Integer.MAX_VALUE, window << 1);
    }

    /// Room for payload now.
    @Linux("include/net/tcp.h#tcp_space")
    public static int space(TcpSock sock) {
        return fromSpace(sock.settings().receiveBuffer - sock.context().readAllocated());
    }

    /// Room for payload when all is read.
    @Linux("include/net/tcp.h#tcp_full_space")
    public static int fullSpace(TcpSock sock) {
        return fromSpace(sock.settings().receiveBuffer);
    }

    /// The window that the handshake promises.
    public static void first(ReceiveVars rcv, int window) {
        rcv.wnd = window;
    }

    /// What the third word of the next header is expected to be; 0 when something unusual stands against it.
    public static void predict(ReceiveVars rcv, int word) {
        rcv.predicted = word;
    }

    /// The peer's numbers begin here: nothing is promised yet.
    public static void begin(TcpSock sock, int nxt) {
        sock.rcv.wup = nxt;
    }

    /// Chooses the window of the next segment and notes it as promised.
    ///
    /// @return the field of the header, scaled
    @Linux("net/ipv4/tcp_output.c#tcp_select_window")
    public int select(TcpSock sock, Cpu cpu) {
        ReceiveVars rcv = sock.rcv;
        int old = rcv.wnd;
        int current = sock.receiveWindow();
        int next = wanted(sock);
        if (next < current) {
            if (next == 0) {
                counters.wantZeroWindow.increment(cpu);
            }
            next = roundUp(current, rcv.windowScale);
        }
        next = Math.min(next, 0xFFFF << rcv.windowScale);
        rcv.wnd = next;
        rcv.wup = rcv.nxt;
        if (next == 0 && old != 0) {
            counters.toZeroWindow.increment(cpu);
            predict(rcv, 0);
        } else if (next != 0 && old == 0) {
            counters.fromZeroWindow.increment(cpu);
        }
        return next >>> rcv.windowScale;
    }

    /// The window that would be chosen if nothing had been promised.
    @Linux("net/ipv4/tcp_output.c#__tcp_select_window")
    public static int wanted(TcpSock sock) {
        ReceiveVars rcv = sock.rcv;
        int full = Math.min(rcv.windowClamp, fullSpace(sock));
        int free = Math.min(space(sock), full);
        if (free < full >> 1 && sock.underPressure()) {
            free = Math.min(free, MODEST_SEGMENTS * rcv.segmentEstimate);
        }
        int mss = Math.min(rcv.segmentEstimate, full);
        if (mss <= 0) {
            return 0;
        }
        if (free < full >> 1 && (free < full >> 4 || free < mss)) {
            return 0;
        }
        if (rcv.windowScale > 0) {
            return roundUp(free, rcv.windowScale);
        }
        return unscaled(rcv.wnd, free, mss, full);
    }

    /// Without scaling the right edge moves by whole segments only.
    private static int unscaled(int window, int free, int mss, int full) {
        if (window <= free - mss || window > free) {
            return free - free % mss;
        }
        return mss == full && free > window + (full >> 1) ? free : window;
    }

    private static int roundUp(int value, int scale) {
        int mask = (1 << scale) - 1;
        return value + mask & ~mask;
    }

    /// The scale that lets the largest buffer be advertised.
    @Linux("net/ipv4/tcp_output.c#tcp_select_initial_window")
    public static int scaleFor(int largestBuffer) {
        int scale = 0;
        for (int space = largestBuffer; space > 0xFFFF && scale < TcpOptions.MAX_WINDOW_SCALE; space >>= 1) {
            scale++;
        }
        return scale;
    }
}

package dev.netstack4j.api.socket;

import dev.netstack4j.api.doc.Linux;

/// Flags of send and receive calls, with Linux's numbers.
@Linux("include/linux/socket.h#MSG_OOB")
public final class MessageFlags {
    /// Urgent data.
    public static final int OOB = 1;
    /// Look without taking.
    public static final int PEEK = 2;
    /// Bypass routing.
    public static final int DONTROUTE = 4;
    /// In a result: control data was cut.
    public static final int CTRUNC = 8;
    /// Report the real length of a datagram; in a result: it was cut.
    public static final int TRUNC = 0x20;
    /// This call does not block.
    public static final int DONTWAIT = 0x40;
    /// Wait for everything asked for.
    public static final int WAITALL = 0x100;
    /// From the error queue.
    public static final int ERRQUEUE = 0x2000;
    /// No signal: always so here.
    public static final int NOSIGNAL = 0x4000;
    /// More follows at once.
    public static final int MORE = 0x8000;

    /// Connects to the destination, with data in the first segment if the protocol may (TCP Fast Open).
    public static final int FASTOPEN = 0x2000_0000;

    private MessageFlags() {}
}

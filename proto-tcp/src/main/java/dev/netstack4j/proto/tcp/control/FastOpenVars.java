package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.proto.tcp.fastopen.FastOpenQueue;
import dev.netstack4j.proto.tcp.header.FastOpenOption;
import org.jspecify.annotations.Nullable;

/// Fast Open on one connection. Guarded by the socket's ownership. Written by state unless said otherwise.
@Rfc("7413")
public final class FastOpenVars {
    /// Nothing failed: [#clientFail].
    public static final int NOTHING = 0;
    /// There was no cookie.
    public static final int COOKIE_UNAVAILABLE = 1;
    /// The data of the SYN was not acknowledged.
    public static final int DATA_NOT_ACKED = 2;
    /// The SYN had to be sent again.
    public static final int SYN_RETRANSMITTED = 3;

    /// `connect` waits for data to send along.
    public boolean deferred;
    /// What the next SYN or SYN-ACK says. Cleared by output when it was sent: no repetition has it.
    public final FastOpenOption next = new FastOpenOption();
    /// Whether our SYN had the option.
    public boolean asked;
    /// Whether it had it in the experimental form.
    public boolean askedExperimental;
    /// Whether our SYN carried data.
    public boolean synData;
    /// Whether that data was acknowledged by the SYN-ACK, or accepted from the peer's SYN.
    public boolean synDataAcked;
    /// Why it came to nothing.
    public int clientFail;
    /// The queue of the listener in which this connection counts; null when it does not.
    public @Nullable FastOpenQueue queue;
    /// Whether the peer reset it.
    public boolean reset;

    /// Not in use.
    public FastOpenVars() {}
}

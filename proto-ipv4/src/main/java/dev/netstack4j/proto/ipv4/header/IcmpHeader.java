package dev.netstack4j.proto.ipv4.header;

import dev.netstack4j.api.doc.Rfc;

/// ICMP's header: type, code, checksum, then four bytes that depend on the type.
///
/// ```
/// 0        1        2                 4                                   8
/// | type   | code   |    checksum     |  identifier, pointer or MTU       | body
/// ```
@Rfc("792")
public final class IcmpHeader {
    /// Bytes.
    public static final int LENGTH = 8;
    /// Answer to an echo request.
    public static final int ECHO_REPLY = 0;
    /// A datagram could not be delivered.
    public static final int UNREACHABLE = 3;
    /// Obsolete.
    public static final int SOURCE_QUENCH = 4;
    /// A better first hop exists.
    public static final int REDIRECT = 5;
    /// Ping.
    public static final int ECHO = 8;
    /// Time to live or reassembly time is over.
    public static final int TIME_EXCEEDED = 11;
    /// A header field is bad.
    public static final int PARAMETER_PROBLEM = 12;
    /// Asks for the time.
    public static final int TIMESTAMP = 13;
    /// Tells the time.
    public static final int TIMESTAMP_REPLY = 14;
    /// Largest type that Linux knows.
    public static final int MOST_TYPE = 18;

    /// Code of UNREACHABLE: the network.
    public static final int NET = 0;
    /// Code of UNREACHABLE: the host.
    public static final int HOST = 1;
    /// Code of UNREACHABLE: the protocol.
    public static final int PROTOCOL = 2;
    /// Code of UNREACHABLE: the port.
    public static final int PORT = 3;
    /// Code of UNREACHABLE: too long, and must not be fragmented.
    public static final int FRAGMENTATION_NEEDED = 4;
    /// Code of UNREACHABLE: a filter forbids it.
    public static final int FILTERED = 13;
    /// Code of TIME_EXCEEDED: on the way.
    public static final int TTL = 0;
    /// Code of TIME_EXCEEDED: while waiting for fragments.
    public static final int REASSEMBLY = 1;

    private IcmpHeader() {}

    /// Whether a type reports an error, about which no error is ever sent.
    public static boolean isError(int type) {
        return type == UNREACHABLE
                || type == SOURCE_QUENCH
                || type == REDIRECT
                || type == TIME_EXCEEDED
                || type == PARAMETER_PROBLEM;
    }
}

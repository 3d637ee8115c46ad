package dev.netstack4j.proto.ipv4.icmp;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.protocol.InetError;
import dev.netstack4j.proto.ipv4.header.IcmpHeader;

/// What ICMP errors mean to sockets.
@Linux("net/ipv4/icmp.c#icmp_err_convert")
public final class ErrorTable {
    private static final Errno[] ERRNO = {
        Errno.ENETUNREACH, // network unreachable
        Errno.EHOSTUNREACH, // host unreachable
        Errno.ENOPROTOOPT, // protocol unreachable
        Errno.ECONNREFUSED, // port unreachable
        Errno.EMSGSIZE, // fragmentation needed
        Errno.EOPNOTSUPP, // source route failed
        Errno.ENETUNREACH, // network unknown
        Errno.EHOSTDOWN, // host unknown
        Errno.ENONET, // host isolated
        Errno.ENETUNREACH, // network forbidden
        Errno.EHOSTUNREACH, // host forbidden
        Errno.ENETUNREACH, // network unreachable for this service
        Errno.EHOSTUNREACH, // host unreachable for this service
        Errno.EHOSTUNREACH, // filtered
        Errno.EHOSTUNREACH, // precedence violation
        Errno.EHOSTUNREACH, // precedence cut off
    };

    /// Codes of "unreachable" that end a connection attempt, a bit each.
    private static final int FATAL =
            1 << 2 | 1 << 3 | 1 << 6 | 1 << 7 | 1 << 8 | 1 << 9 | 1 << 10 | 1 << 13 | 1 << 14 | 1 << 15;

    private ErrorTable() {}

    /// Fills in what an error means.
    ///
    /// @return false when it means nothing to sockets
    static boolean convert(int type, int code, int mtu, InetError into) {
        switch (type) {
            case IcmpHeader.UNREACHABLE -> {
                if (code >= ERRNO.length) {
                    return false;
                }
                into.set(
                        type,
                        code,
                        ERRNO[code].code(),
                        (FATAL >>> code & 1) != 0,
                        code == IcmpHeader.FRAGMENTATION_NEEDED ? mtu : 0);
            }
            case IcmpHeader.TIME_EXCEEDED -> into.set(type, code, Errno.EHOSTUNREACH.code(), false, 0);
            case IcmpHeader.PARAMETER_PROBLEM -> into.set(type, code, Errno.EPROTO.code(), true, 0);
            default -> {
                return false;
            }
        }
        return true;
    }
}

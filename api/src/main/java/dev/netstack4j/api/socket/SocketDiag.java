package dev.netstack4j.api.socket;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.spi.PlugPoint;
import java.util.function.Consumer;

/// Tells all sockets of one protocol, those without a descriptor too: half-open connections, and what remains of closed
/// ones. What `ss` shows. The key of the contribution is the protocol's name (`tcp`).
@ImplementedByExtensions
@Linux("include/linux/inet_diag.h#inet_diag_handler")
public interface SocketDiag {
    /// Where it is contributed.
    PlugPoint<SocketDiag> POINT = PlugPoint.exclusive("socket-diag", SocketDiag.class);

    /// Gives the status of every socket that packets can reach, in no order that matters. Process context; takes no
    /// ownership, so that values of one socket may be of different moments, and one that comes or goes meanwhile may be
    /// told or not.
    ///
    /// @param nanos now, by the stack's clock
    @Linux("net/ipv4/inet_diag.c#inet_diag_dump_icsk")
    void dump(long nanos, Consumer<SocketStatus> visitor);
}

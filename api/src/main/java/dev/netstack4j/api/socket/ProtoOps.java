package dev.netstack4j.api.socket;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// What a socket of one (family, type, protocol) can do; one per stack. Every method is one stretch that does not wait:
/// process context on `cpu`, under the socket's ownership. Blocking is core's: it waits for the readiness that [#poll]
/// tells and calls again. Results are 0 or above, or a negative error; EAGAIN means "not now".
@ImplementedByExtensions
@Linux("include/linux/net.h#proto_ops")
public interface ProtoOps {
    /// Makes a socket.
    Sock create(SockRequest request);

    /// Binds a local address.
    default int bind(Sock sock, SockAddress address, Cpu cpu) {
        return Errno.EOPNOTSUPP.negative();
    }

    /// Connects. EINPROGRESS when it takes time: core waits until [#poll] says OUT, ERR or HUP and then takes the
    /// socket's error.
    default int connect(Sock sock, SockAddress address, Cpu cpu) {
        return Errno.EOPNOTSUPP.negative();
    }

    /// Begins to listen.
    default int listen(Sock sock, int backlog, Cpu cpu) {
        return Errno.EOPNOTSUPP.negative();
    }

    /// Takes an established connection, or null when none waits (or the socket has an error, or does not listen).
    default @Nullable Sock accept(Sock sock, Cpu cpu) {
        return null;
    }

    /// Takes bytes from the message, at most `limit` in this stretch (a datagram is taken whole).
    ///
    /// @return bytes taken; EAGAIN when there is no room for any
    int sendmsg(Sock sock, Message message, int limit, Cpu cpu);

    /// Moves received bytes to the message, at most `limit` in this stretch (a datagram is given whole, or cut with
    /// MSG_TRUNC).
    ///
    /// @return bytes moved; 0 at the end of the stream; EAGAIN when nothing is there
    int recvmsg(Sock sock, Message message, int limit, Cpu cpu);

    /// Readiness now, bits of [PollEvents]. Any context, without ownership; may be out of date at once.
    int poll(Sock sock);

    /// Ends one or both directions: 0 receive, 1 send, 2 both.
    default int shutdown(Sock sock, int how, Cpu cpu) {
        return Errno.EOPNOTSUPP.negative();
    }

    /// The last descriptor is gone: end the connection in order, free what is queued.
    void release(Sock sock, Cpu cpu);

    /// The local or the peer's address; null when it has none.
    @Nullable
    SockAddress name(Sock sock, boolean peer);

    /// Options of levels other than SOL_SOCKET, and ioctls; none by default.
    default ProtoOptions options() {
        return ProtoOptions.NONE;
    }
}

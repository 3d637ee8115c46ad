package dev.netstack4j.api.socket;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// What a socket of one (family, type, protocol) can do; one per stack. Every method is one stretch that does not wait
/// (SOCK-22): process context on `cpu`, under the socket's ownership, which the caller has before and after. Blocking
/// is core's: it waits for the readiness that [#poll] tells and calls again. Results are 0 or above, or a negative
/// error; EAGAIN means "not now". What a protocol does not have it leaves out: core's callers get EOPNOTSUPP (SOCK-2).
/// An address of another family is refused with EAFNOSUPPORT or EINVAL (SOCK-8). No argument makes a method throw
/// (SOCK-35), nor does want of memory (SOCK-37), nor any packet (SOCK-38). Time and chance come from what a protocol
/// injects (SOCK-39).
@ImplementedByExtensions
@Linux("include/linux/net.h#proto_ops")
public interface ProtoOps {
    /// Makes a socket around the request, a new one each time: open, with nothing to read and no error (SOCK-1).
    Sock create(SockRequest request);

    /// Binds a local address, which [#name] then tells (SOCK-6). EADDRINUSE when another socket has it and it cannot be
    /// shared (SOCK-7).
    default int bind(Sock sock, SockAddress address, Cpu cpu) {
        return Errno.EOPNOTSUPP.negative();
    }

    /// Connects. EINPROGRESS when it takes time: core waits until [#poll] says OUT, ERR or HUP and then takes the
    /// socket's error; both waiters and listeners are woken then (SOCK-30). Where nobody listens it ends with an error
    /// (SOCK-31). EISCONN when the socket has, or had, a peer.
    ///
    /// An address of [dev.netstack4j.api.address.AddressFamily#UNSPEC] takes the connection apart, if the protocol
    /// can: the socket can then be connected again. Core gives it too when a connect has failed after a while.
    default int connect(Sock sock, SockAddress address, Cpu cpu) {
        return Errno.EOPNOTSUPP.negative();
    }

    /// Begins to listen. At most `backlog` + 1 connections wait for [#accept]; more are refused or wait elsewhere
    /// (SOCK-33). A connection that comes wakes who waits for it (SOCK-29).
    default int listen(Sock sock, int backlog, Cpu cpu) {
        return Errno.EOPNOTSUPP.negative();
    }

    /// Takes an established connection, each once and the oldest first (SOCK-32), or null when none waits (or the
    /// socket has an error, or does not listen).
    default @Nullable Sock accept(Sock sock, Cpu cpu) {
        return null;
    }

    /// Takes bytes from the message, at most `limit` in this stretch (SOCK-11); a datagram is taken whole. A pending
    /// error is told first, once (SOCK-15). EPIPE when this direction was shut down (SOCK-16).
    ///
    /// With [MessageFlags#FASTOPEN], or after a [#connect] that answered 0 to wait for data, it may begin a connection:
    /// it answers EINPROGRESS then, having advanced the message by what the first packet took; core waits as after
    /// [#connect].
    ///
    /// @return bytes taken; EAGAIN when there is no room for any (SOCK-26)
    int sendmsg(Sock sock, Message message, int limit, Cpu cpu);

    /// Moves received bytes to the message in the order in which they were sent (SOCK-9), at most `limit` in this
    /// stretch (SOCK-11). A datagram is given whole, or cut with MSG_TRUNC and its rest forgotten (SOCK-10). With
    /// MSG_PEEK all stays (SOCK-13). What is queued is given also after the peer has ended; then the stream ends
    /// (SOCK-14).
    ///
    /// @return bytes moved; 0 at the end of the stream and when this direction was shut down (SOCK-17); EAGAIN when
    ///     nothing is there (SOCK-12)
    int recvmsg(Sock sock, Message message, int limit, Cpu cpu);

    /// Readiness now, bits of [PollEvents]: IN exactly when [#recvmsg] would not say EAGAIN, or [#accept] has a
    /// connection (SOCK-18); OUT only when [#sendmsg] would take something or tell an error (SOCK-19). Changes nothing
    /// (SOCK-20). Any context, without ownership; may be out of date at once.
    int poll(Sock sock);

    /// Ends one or both directions: 0 receive, 1 send, 2 both. One that listens stops listening, unless it is 1.
    default int shutdown(Sock sock, int how, Cpu cpu) {
        return Errno.EOPNOTSUPP.negative();
    }

    /// The last descriptor is gone: end the connection in order, free what is queued (SOCK-3), give the address back
    /// (SOCK-4). From now on the socket takes no packet for a reader (SOCK-5). Connections that nobody took from a
    /// listener end (SOCK-34).
    void release(Sock sock, Cpu cpu);

    /// The local or the peer's address; null when it has none (SOCK-6).
    @Nullable
    SockAddress name(Sock sock, boolean peer);

    /// Options of levels other than SOL_SOCKET, and ioctls; none by default.
    default ProtoOptions options() {
        return ProtoOptions.NONE;
    }
}

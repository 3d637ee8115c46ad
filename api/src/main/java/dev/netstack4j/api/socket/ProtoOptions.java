package dev.netstack4j.api.socket;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;

/// Options and ioctls of a protocol. Process context on `cpu`, under the socket's ownership. Results are 0 or a
/// negative error: ENOPROTOOPT for an option that the protocol does not have, ENOTTY for such an ioctl (SOCK-36).
@ImplementedByExtensions
public interface ProtoOptions {
    /// Has none.
    ProtoOptions NONE = new ProtoOptions() {};

    /// Sets an option of [SocketOption].
    default int set(Sock sock, int level, int name, OptionValue value, Cpu cpu) {
        return Errno.ENOPROTOOPT.negative();
    }

    /// An option of level SOL_SOCKET was set in `sock.settings()`, which core keeps: a protocol that must act on it
    /// does so now (keep-alive probes begin, for example).
    @Linux("net/core/sock.c#sock_set_keepalive")
    default void socketOptionSet(Sock sock, int name, Cpu cpu) {}

    /// Reads an option into `into`.
    default int get(Sock sock, int level, int name, OptionValue into, Cpu cpu) {
        return Errno.ENOPROTOOPT.negative();
    }

    /// SIOCINQ, SIOCOUTQ and the like.
    default int ioctl(Sock sock, int request, OptionValue value, Cpu cpu) {
        return Errno.ENOTTY.negative();
    }
}

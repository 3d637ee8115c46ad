package dev.netstack4j.api.socket;

import dev.netstack4j.api.doc.ProvidedByCore;

/// The calls around a socket that move no data. Process context, holding no CPU. Results are 0 or above, or a negative
/// error.
@ProvidedByCore
public interface OptionCalls {
    /// Sets an option of [SocketOption].
    int setsockopt(int fd, int level, int name, OptionValue value);

    /// Reads an option.
    int getsockopt(int fd, int level, int name, OptionValue into);

    /// Makes calls on it return EAGAIN instead of waiting, or not.
    int nonBlocking(int fd, boolean value);

    /// SIOCINQ (0x541B), SIOCOUTQ (0x5411) and the like.
    int ioctl(int fd, int request, OptionValue value);

    /// A new, empty set of descriptors to wait for.
    EventPoll eventPoll();

    /// A second descriptor of the same file.
    int dup(int fd);
}

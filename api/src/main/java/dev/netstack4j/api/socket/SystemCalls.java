package dev.netstack4j.api.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import org.jspecify.annotations.Nullable;

/// The socket calls of one stack, by file descriptor, with Linux's results: 0 or above, or a negative error. From any
/// platform or virtual thread that holds no CPU; blocking as POSIX says. [StreamSocket], [StreamServer] and
/// [DatagramPort] are easier to use.
@ProvidedByCore
public interface SystemCalls extends OptionCalls {
    /// Makes a socket.
    ///
    /// @param type [SocketType], with or without [SocketType#NONBLOCK]
    /// @return the descriptor
    int socket(int family, int type, int protocol);

    /// Binds an address.
    int bind(int fd, SockAddress address);

    /// Connects, waiting until it is done unless non-blocking.
    int connect(int fd, SockAddress address);

    /// Begins to listen.
    int listen(int fd, int backlog);

    /// Takes a connection, waiting for one unless non-blocking.
    ///
    /// @return its descriptor
    int accept(int fd);

    /// Sends. `write` and `sendto` are this call with a plainer message.
    ///
    /// @return bytes taken
    @Linux("net/socket.c#__sock_sendmsg")
    long sendmsg(int fd, Message message);

    /// Receives. `read` and `recvfrom` are this call with a plainer message.
    ///
    /// @return bytes moved; 0 at the end of the stream
    @Linux("net/socket.c#sock_recvmsg")
    long recvmsg(int fd, Message message);

    /// Ends directions: 0 receive, 1 send, 2 both.
    int shutdown(int fd, int how);

    /// Gives the descriptor back.
    int close(int fd);

    /// Own address (`peer` false) or the peer's; null when there is none or the descriptor is bad.
    @Nullable
    SockAddress name(int fd, boolean peer);

    /// Waits until one of several descriptors is ready.
    ///
    /// @param fds          descriptors
    /// @param events       wanted bits of [PollEvents] of each
    /// @param revents      filled in: bits that hold
    /// @param timeoutNanos longest wait; negative for ever
    /// @return number of descriptors with bits
    int poll(int[] fds, int[] events, int[] revents, long timeoutNanos);

    /// Writes bytes: a file's view of [#sendmsg].
    default long write(int fd, byte[] bytes, int offset, int length) {
        return sendmsg(fd, new Message().bytes(bytes, offset, length));
    }

    /// Reads bytes: a file's view of [#recvmsg].
    default long read(int fd, byte[] bytes, int offset, int length) {
        return recvmsg(fd, new Message().bytes(bytes, offset, length));
    }
}

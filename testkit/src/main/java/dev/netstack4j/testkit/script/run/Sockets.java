package dev.netstack4j.testkit.script.run;

import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.OptionValue;
import org.jspecify.annotations.Nullable;

/// The socket calls of what a script drives. Results are those of Linux: 0 or above, or a negative error. Calls wait as
/// POSIX says; several threads call at the same time.
public interface Sockets {
    /// Makes a socket.
    int socket(int family, int type, int protocol);

    /// Binds.
    int bind(int fd, InetSockAddress address);

    /// Connects.
    int connect(int fd, InetSockAddress address);

    /// Takes the connection apart: connects to an address of AF_UNSPEC.
    int disconnect(int fd);

    /// Listens.
    int listen(int fd, int backlog);

    /// Takes a connection.
    int accept(int fd);

    /// Sends.
    long send(int fd, byte[] bytes, int flags, @Nullable InetSockAddress to);

    /// Receives.
    long recv(int fd, byte[] into, int flags, Received received);

    /// Ends directions: 0 receive, 1 send, 2 both.
    int shutdown(int fd, int how);

    /// Gives the descriptor back.
    int close(int fd);

    /// Sets an option.
    int setsockopt(int fd, int level, int name, OptionValue value);

    /// Reads an option.
    int getsockopt(int fd, int level, int name, OptionValue into);

    /// Own or peer's address; null when there is none.
    @Nullable
    InetSockAddress name(int fd, boolean peer);

    /// Waits for readiness of one descriptor.
    ///
    /// @param revents filled in
    int poll(int fd, int events, int[] revents, long timeoutNanos);

    /// Switches waiting.
    int nonBlocking(int fd, boolean on);

    /// Asks for a number.
    int ioctl(int fd, int request, OptionValue into);

    /// A second descriptor.
    int dup(int fd);

    /// Where a datagram came from.
    final class Received {
        /// Its source, or null.
        public @Nullable InetSockAddress from;

        /// Nothing received.
        public Received() {}
    }
}

package dev.netstack4j.cli.control.session;

import dev.netstack4j.api.socket.EventPoll;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a number of a session leads to: a socket of the stack, or a set of descriptors to wait for.
public final class Descriptor {
    private final int number;
    private final int socket;
    private final @Nullable EventPoll events;
    private final Flags flags;
    final List<Call> calls = new ArrayList<>(); // under the table's monitor, as the two below
    boolean closing;
    boolean closeOnExec;

    /// Flags that duplicates share.
    public static final class Flags {
        private volatile boolean nonBlocking;

        /// Blocking, or not.
        public Flags(boolean nonBlocking) {
            this.nonBlocking = nonBlocking;
        }
    }

    Descriptor(int number, int socket, @Nullable EventPoll events, Flags flags) {
        this.number = number;
        this.socket = socket;
        this.events = events;
        this.flags = flags;
    }

    /// Its number in the session.
    public int number() {
        return number;
    }

    /// The stack's own number of the socket or the set.
    public int socket() {
        return socket;
    }

    /// The set, or null for a socket.
    public @Nullable EventPoll events() {
        return events;
    }

    /// Flags that duplicates share.
    public Flags flags() {
        return flags;
    }

    /// O_NONBLOCK.
    public boolean isNonBlocking() {
        return flags.nonBlocking;
    }

    /// Notes O_NONBLOCK.
    public void nonBlocking(boolean value) {
        flags.nonBlocking = value;
    }
}

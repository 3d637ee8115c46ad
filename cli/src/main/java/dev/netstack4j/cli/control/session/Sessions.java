package dev.netstack4j.cli.control.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sessions of a server.
public final class Sessions {
    private final List<Session> all = new ArrayList<>(); // under this object's monitor

    /// None.
    public Sessions() {}

    /// Lets a connection join the session of a name, made on first use; without a name it gets one of its own.
    public synchronized Session join(@Nullable String name, int connection) {
        Session session = name == null ? null : find(name);
        if (session == null) {
            session = new Session(name == null ? "" : name);
            all.add(session);
        }
        session.join(connection);
        return session;
    }

    private @Nullable Session find(String name) {
        return all.stream()
                .filter(s -> !name.isEmpty() && s.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /// A connection is gone.
    ///
    /// @return whether the session has ended with it: its descriptors are to be closed
    public synchronized boolean leave(Session session, int connection) {
        boolean last = session.leave(connection);
        if (last) {
            all.remove(session);
        }
        return last;
    }

    /// All of them.
    public synchronized List<Session> all() {
        return List.copyOf(all);
    }
}

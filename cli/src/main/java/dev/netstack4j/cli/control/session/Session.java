package dev.netstack4j.cli.control.session;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What connections of one name share, as the threads of a process do.
public final class Session {
    private final String name;
    private final Descriptors descriptors = new Descriptors();
    private final Map<Integer, @Nullable Call> connections = new TreeMap<>(); // under this object's monitor

    Session(String name) {
        this.name = name;
    }

    /// Its name; empty for a session of one connection.
    public String name() {
        return name;
    }

    /// Its descriptors.
    public Descriptors descriptors() {
        return descriptors;
    }

    // ---- connections

    synchronized void join(int connection) {
        connections.put(connection, null);
    }

    /// A connection is gone; tells whether it was the last one.
    synchronized boolean leave(int connection) {
        connections.remove(connection);
        return connections.isEmpty();
    }

    /// Notes what a connection does now; null for nothing.
    public synchronized void doing(int connection, @Nullable Call call) {
        connections.replace(connection, call);
    }

    /// What a connection does now, or null.
    public synchronized @Nullable Call callOf(int connection) {
        return connections.get(connection);
    }

    /// Whether a connection is of this session.
    public synchronized boolean has(int connection) {
        return connections.containsKey(connection);
    }

    /// All calls that are under way.
    public synchronized List<Call> calls() {
        return connections.values().stream().filter(java.util.Objects::nonNull).toList();
    }
}

package dev.netstack4j.cli.control;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.cli.control.calls.Operations;
import dev.netstack4j.cli.control.host.Execution;
import dev.netstack4j.cli.control.host.HostPlan;
import dev.netstack4j.cli.control.session.Sessions;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A stack that is served on a control socket.
public final class ControlServer implements AutoCloseable {
    /// Connections at one time; more are closed at once.
    static final int MOST_CONNECTIONS = 256;

    private final ControlAddress address;
    private final ServerSocketChannel listener;
    private final Execution execution;
    private final Operations operations;
    private final Sessions sessions;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private int lastNumber;

    private ControlServer(
            ControlAddress address, ServerSocketChannel listener, Execution execution, Sessions sessions) {
        this.address = address;
        this.listener = listener;
        this.execution = execution;
        this.sessions = sessions;
        this.operations = new Operations(execution);
    }

    /// Makes the stack and begins to accept connections.
    public static ControlServer start(ControlAddress address, HostPlan plan)
            throws IOException, AssemblyException, NetException {
        ServerSocketChannel listener = listen(address);
        try {
            Sessions sessions = new Sessions();
            ControlServer server = new ControlServer(address, listener, Execution.of(plan, sessions), sessions);
            Thread.ofPlatform().name("control socket").daemon(true).start(server::accept);
            return server;
        } catch (IOException | AssemblyException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    private static ServerSocketChannel listen(ControlAddress address) throws IOException {
        Path path = address.path();
        if (path == null) {
            return ServerSocketChannel.open().bind(address.socket());
        }
        if (!Files.isDirectory(parent(path))) {
            throw new NoSuchFileException(parent(path).toString());
        }
        removeStale(path, address.socket());
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            // Bound elsewhere first: nobody can connect before the mode is set.
            Path hidden = Files.createTempDirectory(parent(path), ".control");
            Path made = hidden.resolve("s");
            listener.bind(java.net.UnixDomainSocketAddress.of(made));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
            Files.move(made, path);
            Files.delete(hidden);
            return listener;
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path.toAbsolutePath() : parent;
    }

    /// A socket that nobody listens on any more was left by a process that ended badly.
    private static void removeStale(Path path, SocketAddress address) throws IOException {
        if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isRegularFile(path) || Files.isDirectory(path)) {
            throw new BindException(path + " exists and is no socket; name another path");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(address);
        } catch (IOException e) {
            Files.delete(path);
            return;
        }
        throw new BindException("another process listens on " + path);
    }

    /// The address that it listens on.
    public SocketAddress localAddress() throws IOException {
        Path path = address.path();
        return path == null ? listener.getLocalAddress() : address.socket();
    }

    /// The stack that is served now.
    public dev.netstack4j.api.stack.Stack stack() {
        return execution.host().stack();
    }

    // ---- connections

    private void accept() {
        try {
            while (true) {
                welcome(listener.accept());
            }
        } catch (ClosedChannelException e) {
            return; // the server ends
        } catch (IOException e) {
            System.getLogger("dev.netstack4j.cli.control")
                    .log(System.Logger.Level.ERROR, "the control socket takes no more connections", e);
        }
    }

    private void welcome(SocketChannel channel) {
        if (connections.size() >= MOST_CONNECTIONS) {
            refuse(channel);
            return;
        }
        Connection c = new Connection(++lastNumber, channel, execution, operations, sessions);
        connections.add(c);
        Thread.ofVirtual().name("control reader").start(c::read);
        Thread server = Thread.ofVirtual().name("control connection").unstarted(() -> {
            try {
                c.serve();
            } finally {
                connections.remove(c);
            }
        });
        c.servedBy(server);
        server.start();
    }

    private static void refuse(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger("dev.netstack4j.cli.control")
                    .log(System.Logger.Level.DEBUG, "a connection too many was not closed well", e);
        }
    }

    /// Number of connections now.
    public int connections() {
        return connections.size();
    }

    /// Ends connections, sessions and the stack.
    @Override
    public void close() throws IOException {
        listener.close();
        for (Connection c : connections) {
            c.close();
            c.awaitEnd();
        }
        execution.close();
        Path path = address.path();
        if (path != null) {
            Files.deleteIfExists(path);
        }
    }
}

package dev.netstack4j.wire.stream;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The socket of a wire: one that listens, or one that is connected. The other field is null.
///
/// @param path      of the socket's file
/// @param server    accepts peers
/// @param connected to the only peer
record Endpoint(
        Path path,
        @Nullable ServerSocketChannel server,
        @Nullable SocketChannel connected) implements AutoCloseable {
    private static final String PRIVATE = "rw-------";

    static Endpoint connect(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.configureBlocking(false);
            return new Endpoint(path, null, channel);
        } catch (IOException e) {
            channel.close();
            String what = "connect to the socket '" + path + "'";
            if (!Files.exists(path)) {
                throw new NetException(Errno.ENOENT, what, e);
            }
            throw e instanceof ConnectException ? new NetException(Errno.ECONNREFUSED, what, e) : e;
        }
    }

    /// Makes the socket's file, for its owner alone. It is bound in a private folder first, so nobody connects before
    /// the mode is set.
    static Endpoint listen(Path path) throws IOException {
        removeStale(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            Path folder = Files.createTempDirectory(path.toAbsolutePath().getParent(), ".s");
            Path made = folder.resolve("s");
            try {
                server.bind(UnixDomainSocketAddress.of(made));
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(PRIVATE));
                Files.move(made, path);
            } finally {
                Files.deleteIfExists(made);
                Files.delete(folder);
            }
            server.configureBlocking(false);
            return new Endpoint(path, server, null);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /// A socket that nobody listens on was left by a process that ended badly.
    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isRegularFile(path) || Files.isDirectory(path)) {
            throw new NetException(Errno.EEXIST, "listen on '" + path + "', which is no socket");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(path));
        } catch (ConnectException e) {
            Files.delete(path);
            return;
        }
        throw new NetException(Errno.EADDRINUSE, "listen on '" + path + "', where another program listens");
    }

    @Override
    public void close() throws IOException {
        if (connected != null) {
            connected.close();
        }
        if (server != null) {
            server.close();
            Files.deleteIfExists(path);
        }
    }
}

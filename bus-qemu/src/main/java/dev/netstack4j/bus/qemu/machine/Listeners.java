package dev.netstack4j.bus.qemu.machine;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Where QEMU connects to.
final class Listeners implements AutoCloseable {
    private static final long LOOK_MILLIS = 50;
    private static final int MOST_LOOKS = 400;

    private final List<ServerSocketChannel> servers = new ArrayList<>();
    private final SocketChannel[] accepted = new SocketChannel[3];
    private final Selector selector;

    private Listeners() throws IOException {
        selector = Selector.open();
    }

    static Listeners in(RuntimeFolder folder) throws IOException {
        Listeners l = new Listeners();
        boolean open = false;
        try {
            l.listen(folder.registers());
            l.listen(folder.frames());
            l.listen(folder.control());
            open = true;
            return l;
        } finally {
            if (!open) {
                l.close();
            }
        }
    }

    private void listen(Path path) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        servers.add(server);
        server.bind(UnixDomainSocketAddress.of(path));
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    /// Waits for the three connections, as long as the process lives.
    ///
    /// @return null when the process has ended
    /// @throws IOException when it does not connect within 20 s
    @Nullable
    Connections accept(BooleanSupplier isAlive) throws IOException {
        for (int look = 0; look < MOST_LOOKS; look++) {
            selector.select(LOOK_MILLIS);
            selector.selectedKeys().clear();
            if (acceptAll()) {
                return new Connections(accepted[0], accepted[1], accepted[2]);
            }
            if (!isAlive.getAsBoolean()) {
                drop();
                return null;
            }
        }
        drop();
        throw new IOException("It did not connect within 20 s.");
    }

    private boolean acceptAll() throws IOException {
        boolean all = true;
        for (int i = 0; i < accepted.length; i++) {
            if (accepted[i] == null) {
                SocketChannel c = servers.get(i).accept();
                if (c != null) {
                    c.configureBlocking(false);
                    accepted[i] = c;
                }
            }
            all &= accepted[i] != null;
        }
        return all;
    }

    private void drop() throws IOException {
        for (SocketChannel c : accepted) {
            if (c != null) {
                c.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (ServerSocketChannel s : servers) {
            s.close();
        }
        selector.close();
    }
}

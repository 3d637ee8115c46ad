package dev.netstack4j.bus.qemu.qtest;

import dev.netstack4j.api.runtime.StackRuntime;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// The thread that waits for the sockets of one QEMU and tells who is to read them.
public final class SocketThread implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SocketThread.class.getName());

    private final Selector selector;
    private StackRuntime.AppThread thread;
    private volatile boolean ending;

    /// Who reads or writes a socket.
    @FunctionalInterface
    public interface Reader {
        /// The socket has something, or room.
        ///
        /// @return false when it has ended and is not to be waited for any more
        boolean ready();
    }

    /// Begins to wait.
    ///
    /// @param name of the thread
    @SuppressWarnings("NullAway.Init") // the thread is the last thing that is made
    public SocketThread(StackRuntime runtime, String name) throws IOException {
        selector = Selector.open();
        thread = runtime.start(name, this::loop);
    }

    /// Adds a socket and who reads it.
    ///
    /// @return with which the reader changes what is waited for; see [#waitFor]
    public SelectionKey add(SocketChannel channel, Reader reader) throws IOException {
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ, reader);
        selector.wakeup();
        return key;
    }

    /// Waits for these events, too. Any thread.
    public void waitFor(SelectionKey key, int events) {
        if (key.isValid() && (key.interestOps() & events) != events) {
            key.interestOpsOr(events);
            selector.wakeup();
        }
    }

    private void loop() {
        while (!ending) {
            try {
                selector.select(SocketThread::dispatch);
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a socket of QEMU cannot be waited for", e);
                return;
            }
        }
    }

    private static void dispatch(SelectionKey key) {
        if (key.isValid() && key.attachment() instanceof Reader r && !r.ready()) {
            key.cancel();
        }
    }

    /// Ends the thread. Process context.
    @Override
    public void close() {
        ending = true;
        selector.wakeup();
        thread.join();
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "close the selector", e);
        }
    }
}

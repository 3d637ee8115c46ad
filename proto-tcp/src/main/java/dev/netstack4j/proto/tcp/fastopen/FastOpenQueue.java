package dev.netstack4j.proto.tcp.fastopen;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.SpinLock;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// How many connections of a listener exist before their handshake is over. One that is reset keeps its place for a
/// minute, so that forged SYNs with stolen cookies soon find the door closed. Any context.
@Rfc("7413#5.1")
@Linux("include/net/request_sock.h#fastopen_queue")
public final class FastOpenQueue {
    private static final long REMEMBERED_NANOS = 60_000_000_000L;

    private final SpinLock lock;
    private final ArrayDeque<Long> resets = new ArrayDeque<>();
    private int length;
    private int most;
    private volatile @Nullable FastOpenKeys keys;

    /// Empty and closed.
    public FastOpenQueue(SpinLock lock) {
        this.lock = lock;
    }

    /// Most connections; 0 for none.
    public int most() {
        return most;
    }

    /// Sets it.
    public void most(int connections) {
        most = connections;
    }

    /// Keys of this listener alone; null for those of the stack.
    public @Nullable FastOpenKeys keys() {
        return keys;
    }

    /// Sets them.
    public void keys(FastOpenKeys own) {
        keys = own;
    }

    /// Whether there is room for one more, which [#enter] then takes.
    @Linux("net/ipv4/tcp_fastopen.c#tcp_fastopen_queue_check")
    public boolean hasRoom(long nowNanos) {
        lock.lock();
        try {
            Long oldest = resets.peekFirst();
            if (length >= most && oldest != null && oldest <= nowNanos) {
                resets.removeFirst();
                length--;
            }
            return length < most;
        } finally {
            lock.unlock();
        }
    }

    /// One more connection.
    public void enter() {
        lock.lock();
        length++;
        lock.unlock();
    }

    /// A connection is open, or over.
    ///
    /// @param reset whether the peer reset it, so that it counts on
    @Linux("net/core/request_sock.c#reqsk_fastopen_remove")
    public void leave(boolean reset, long nowNanos) {
        lock.lock();
        try {
            if (reset) {
                resets.addLast(nowNanos + REMEMBERED_NANOS);
            } else {
                length--;
            }
        } finally {
            lock.unlock();
        }
    }
}

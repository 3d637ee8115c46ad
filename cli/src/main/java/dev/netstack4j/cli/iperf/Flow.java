package dev.netstack4j.cli.iperf;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.StackRuntime;
import org.jspecify.annotations.Nullable;

/// One stream of a test: a thread that sends or receives until it is told to end.
abstract class Flow {
    /// How long a call waits at most before it sees that the test is over.
    static final long PATIENCE_NANOS = 100_000_000;

    private static final long ROOM_NANOS = 1_000_000;

    final Tally tally;
    final StackRuntime runtime;
    private volatile boolean over;
    private volatile @Nullable NetException failure;
    private StackRuntime.@Nullable AppThread thread;

    Flow(StackRuntime runtime, Tally tally) {
        this.runtime = runtime;
        this.tally = tally;
    }

    /// Moves one block or datagram.
    ///
    /// @return whether there may be more
    abstract boolean step() throws NetException;

    /// Frees the socket, if it is this flow's alone.
    abstract void close();

    void begin() {
        thread = runtime.start("iperf " + tally.id, this::run);
    }

    private void run() {
        try {
            while (!over && stepOrWait()) {}
        } catch (NetException e) {
            failure = e;
        }
    }

    private boolean stepOrWait() throws NetException {
        try {
            return step();
        } catch (NetException e) {
            if (e.errno() == Errno.EAGAIN) {
                return true; // patience is over, not the flow
            }
            if (over) {
                return false;
            }
            if (e.errno() != Errno.ECONNREFUSED && e.errno() != Errno.ENOBUFS) {
                throw e;
            }
            runtime.pause(ROOM_NANOS); // a datagram that nobody wants, or for which there is no room now
            return true;
        }
    }

    void end() {
        over = true;
    }

    /// Waits for its thread.
    ///
    /// @throws NetException what ended it early
    void join() throws NetException {
        if (thread != null) {
            thread.join();
        }
        NetException e = failure;
        if (e != null) {
            throw e;
        }
    }
}

package dev.netstack4j.cli.services;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SystemCalls;

/// Answers datagrams of one UDP port. Datagrams from ports below 20 are not answered, or two such services could be
/// made to talk to each other for ever.
public final class DatagramService implements AutoCloseable {
    private static final int LONGEST = 65_535;
    private static final int FIRST_SAFE_PORT = 20;
    private static final long PAUSE_AFTER_FAILURE = 10_000_000;

    private final DatagramPort port;
    private final Answer answer;
    private final StackRuntime runtime;
    private volatile boolean closed;

    private DatagramService(DatagramPort port, StackRuntime runtime, Answer answer) {
        this.port = port;
        this.runtime = runtime;
        this.answer = answer;
    }

    /// Makes the answer to a datagram.
    @FunctionalInterface
    public interface Answer {
        /// Writes the answer over the datagram.
        ///
        /// @param buffer holds the datagram, has room for the longest one
        /// @param length of the datagram
        /// @return length of the answer; negative for none
        int answer(byte[] buffer, int length);
    }

    /// Begins to answer.
    ///
    /// @throws NetException when the port cannot be had
    public static DatagramService start(
            String name, SystemCalls calls, InetSockAddress at, StackRuntime runtime, Threads threads, Answer answer)
            throws NetException {
        DatagramService service = new DatagramService(DatagramPort.bind(calls, at), runtime, answer);
        threads.start(name, service::run);
        return service;
    }

    private void run() {
        byte[] buffer = new byte[LONGEST];
        while (!closed) {
            try {
                turn(buffer);
            } catch (NetException e) {
                // An ICMP error for an earlier answer, or memory is short.
                if (!closed) {
                    runtime.pause(PAUSE_AFTER_FAILURE);
                }
            }
        }
    }

    private void turn(byte[] buffer) throws NetException {
        int length = port.receive(buffer, 0, buffer.length);
        InetSockAddress from = port.source();
        if (from == null || from.port() < FIRST_SAFE_PORT) {
            return;
        }
        int n = answer.answer(buffer, length);
        if (n >= 0) {
            port.send(buffer, 0, n, from);
        }
    }

    @Override
    public void close() {
        closed = true;
        port.close();
    }
}

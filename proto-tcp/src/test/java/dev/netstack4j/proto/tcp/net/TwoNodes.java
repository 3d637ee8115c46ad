package dev.netstack4j.proto.tcp.net;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.proto.tcp.control.TcpSock;
import java.util.function.BooleanSupplier;

/// Two hosts and the pipe between them, in virtual time.
public final class TwoNodes {
    private static final long MILLI = 1_000_000L;
    /// From a to b.
    public final Wire ab;
    /// From b to a.
    public final Wire ba;
    /// 10.0.0.1.
    public final Node a;
    /// 10.0.0.2.
    public final Node b;

    /// With a seed for the pipe.
    public TwoNodes(long seed) {
        ab = new Wire(seed * 2 + 1);
        ba = new Wire(seed * 2 + 2);
        a = new Node(IpAddress.parse("10.0.0.1"), ab);
        b = new Node(IpAddress.parse("10.0.0.2"), ba);
    }

    /// Sets both directions.
    public TwoNodes delay(long nanos) {
        ab.delayNanos = nanos;
        ba.delayNanos = nanos;
        return this;
    }

    /// Lets the next thing happen.
    ///
    /// @return false when nothing is left
    public boolean step() {
        long next = Math.min(Math.min(ab.nextNanos(), ba.nextNanos()), Math.min(a.nextTimer(), b.nextTimer()));
        if (next == Long.MAX_VALUE) {
            return false;
        }
        a.moveTo(next);
        b.moveTo(next);
        ab.take(next).forEach(b::arrive);
        ba.take(next).forEach(a::arrive);
        return true;
    }

    /// Lets time pass.
    public void run(long millis) {
        long until = a.now() + millis * MILLI;
        while (nextNanos() <= until) {
            step();
        }
        a.moveTo(until);
        b.moveTo(until);
    }

    private long nextNanos() {
        return Math.min(Math.min(ab.nextNanos(), ba.nextNanos()), Math.min(a.nextTimer(), b.nextTimer()));
    }

    /// Lets things happen until `done`, at most `millis`.
    public boolean until(BooleanSupplier done, long millis) {
        long end = a.now() + millis * MILLI;
        while (!done.getAsBoolean() && a.now() <= end) {
            if (!step()) {
                return done.getAsBoolean();
            }
        }
        return done.getAsBoolean();
    }

    /// Connects a to a listener on b's port 80.
    public Pair connected() {
        return connected(80);
    }

    /// Connects a to a listener on b.
    public Pair connected(int port) {
        TcpSock listener = b.listen(port, 16);
        TcpSock client = a.socket();
        return connected(listener, client, port);
    }

    /// Connects `client` to a listener on b.
    public Pair connected(TcpSock listener, TcpSock client, int port) {
        a.connect(client, b.address, port);
        TcpSock[] server = new TcpSock[1];
        until(
                () -> {
                    if (server[0] == null) {
                        server[0] = b.accept(listener);
                    }
                    return server[0] != null;
                },
                100_000);
        return new Pair(listener, client, server[0]);
    }

    /// A connection from both sides, and its listener.
    public record Pair(TcpSock listener, TcpSock client, TcpSock server) {}

    /// Lets everything end and checks that no packet is left.
    public void end() {
        for (int i = 0; i < 1_000_000 && step(); i++) {}
        a.network.drain(0, a.cpu());
        b.network.drain(0, b.cpu());
        a.host.assertNoLeak();
        b.host.assertNoLeak();
    }
}

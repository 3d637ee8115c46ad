package dev.netstack4j.cli.serve;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.cli.services.CharacterGenerator;
import dev.netstack4j.cli.services.Conversation;
import dev.netstack4j.cli.services.DatagramService;
import dev.netstack4j.cli.services.Daytime;
import dev.netstack4j.cli.services.Discard;
import dev.netstack4j.cli.services.Echo;
import dev.netstack4j.cli.services.StreamService;
import dev.netstack4j.cli.services.Threads;
import java.util.ArrayList;
import java.util.List;

/// The services of one stack, begun together and ended in order: no new connections, then those that are open finish
/// what they are at, then the rest is closed and the last segments leave.
public final class StandardServices implements AutoCloseable {
    private static final long GRACE_NANOS = 3_000_000_000L;
    private static final long LAST_SEGMENTS_NANOS = 1_000_000_000L;
    private static final long STEP_NANOS = 5_000_000;

    private final Stack stack;
    private final Threads threads;
    private final List<StreamService> streams = new ArrayList<>();
    private final List<DatagramService> datagrams = new ArrayList<>();
    private boolean closed;

    /// For a stack, with connections on such threads.
    public StandardServices(Stack stack, Threads threads) {
        this.stack = stack;
        this.threads = threads;
    }

    /// Begins echo, discard, daytime and chargen over TCP and UDP.
    public void startSmallOnes() throws NetException {
        Daytime daytime = new Daytime(stack.runtime().clock());
        CharacterGenerator characters = new CharacterGenerator();
        both("echo", Echo.PORT, new Echo(), new Echo());
        both("discard", Discard.PORT, new Discard(), new Discard());
        both("daytime", Daytime.PORT, daytime, daytime);
        both("chargen", CharacterGenerator.PORT, characters, characters);
    }

    private void both(String name, int port, Conversation stream, DatagramService.Answer answer) throws NetException {
        startStream(name, port, stream);
        StackRuntime runtime = stack.runtime();
        datagrams.add(DatagramService.start(name + "-udp", stack.sockets(), any(port), runtime, threads, answer));
    }

    /// Begins a service over TCP.
    public void startStream(String name, int port, Conversation conversation) throws NetException {
        StackRuntime runtime = stack.runtime();
        streams.add(StreamService.start(name, stack.sockets(), any(port), runtime, threads, conversation));
    }

    private static InetSockAddress any(int port) {
        return InetSockAddress.of(IpAddress.ANY_V4, port);
    }

    /// Ends all of them, in order.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        datagrams.forEach(DatagramService::close);
        streams.forEach(StreamService::end);
        long deadline = stack.runtime().clock().nanos() + GRACE_NANOS;
        for (StreamService s : streams) {
            s.awaitEnd(Math.max(0, deadline - stack.runtime().clock().nanos()));
            s.close();
        }
        awaitLastSegments();
    }

    private void awaitLastSegments() {
        Counters counters = stack.service(Counters.class);
        long deadline = stack.runtime().clock().nanos() + LAST_SEGMENTS_NANOS;
        while (counters.value("Tcp.CurrEstab") > 0 && stack.runtime().clock().nanos() < deadline) {
            stack.runtime().pause(STEP_NANOS);
        }
    }
}

package dev.netstack4j.bench.netem;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.bench.endtoend.Attachment;
import java.io.IOException;

/// The measured host on this stack.
public final class StackTransfers {
    private static final int MEMORY = 128 << 20;

    private StackTransfers() {}

    /// Serves until it is ended, then prints its counters. Arguments: as those of [Attachment#attach].
    public static void main(String[] args) throws Exception {
        Stack stack = StackFactory.find()
                .builder()
                .name("bench")
                .runtime(StackFactory.find().realTime())
                .memory(MEMORY)
                .discover(StackTransfers.class.getClassLoader())
                .build();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> print(stack)));
        for (String arg : args) {
            Attachment.attach(stack, arg);
        }
        StreamServer server =
                StreamServer.listen(stack.sockets(), InetSockAddress.of("0.0.0.0", TransferServer.PORT), 64);
        stack.runtime().start("accept", () -> accept(stack, server));
        System.out.println("ready");
        Thread.currentThread().join();
    }

    private static void print(Stack stack) {
        Counters counters = stack.service(Counters.class);
        for (Counter counter : counters.all()) {
            long value = counters.value(counter.name());
            if (counter.name().startsWith("Tcp") && value != 0) {
                System.out.println("counter " + counter.name() + " " + value);
            }
        }
    }

    private static void accept(Stack stack, StreamServer server) {
        while (true) {
            try {
                StreamSocket peer = server.accept();
                stack.runtime().start("transfer", () -> serve(stack, peer));
            } catch (NetException e) {
                System.err.println("stack: " + e);
            }
        }
    }

    private static void serve(Stack stack, StreamSocket peer) {
        try (peer) {
            TransferServer.serve(peer.input(), peer.output(), name -> choose(stack, peer, name));
        } catch (IOException e) {
            System.err.println("stack: " + e);
        }
    }

    private static void choose(Stack stack, StreamSocket peer, String name) throws NetException {
        OptionValue value = OptionValue.of(name);
        NetException.check(
                stack.sockets().setsockopt(peer.fd(), SocketOption.SOL_TCP, SocketOption.TCP_CONGESTION, value),
                "choose " + name);
    }
}

package dev.netstack4j.bench.endtoend;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;

/// The measured host on this stack.
public final class StackServer {
    private static final int MEMORY = 256 << 20;

    private final Stack stack;

    private StackServer(Stack stack) {
        this.stack = stack;
    }

    private interface Talk {
        void with(StreamSocket peer) throws NetException;
    }

    /// Serves for ever. Arguments: `KIND:TAP:OWN-ADDRESS/LEN[:HOST-ADDRESS/LEN]` each, one stack for all; the kind is
    /// `tap` (nic-tap), `tap-mtu` (the same without offloads), `igb` or `e1000` (emulated, on wire-tap). Without the
    /// host's address somebody else gives it one. The stack forwards between them.
    public static void main(String[] args) throws Exception {
        Stack stack = StackFactory.find()
                .builder()
                .name("bench")
                .runtime(StackFactory.find().realTime())
                .memory(MEMORY)
                .sysctl("net.ipv4.ip_forward", 1)
                .discover(StackServer.class.getClassLoader())
                .build();
        for (String arg : args) {
            Attachment.attach(stack, arg);
        }
        StackServer server = new StackServer(stack);
        server.serve(Ports.SINK, StackServer::sink);
        server.serve(Ports.SOURCE, StackServer::source);
        server.serve(Ports.ECHO, StackServer::echo);
        server.serve(Ports.ECHO_VIRTUAL, StackServer::echo);
        stack.runtime().start("datagrams", () -> server.datagrams());
        System.out.println("ready");
        Thread.currentThread().join();
    }

    private void serve(int port, Talk talk) throws NetException {
        StreamServer server = StreamServer.listen(stack.sockets(), InetSockAddress.of("0.0.0.0", port), 1024);
        stack.runtime().start("accept " + port, () -> {
            while (true) {
                accept(server, port, talk);
            }
        });
    }

    private void accept(StreamServer server, int port, Talk talk) {
        try {
            StreamSocket peer = server.accept();
            peer.option(6, 1, 1); // TCP_NODELAY
            if (port == Ports.ECHO) {
                run(peer, talk);
            } else if (port == Ports.ECHO_VIRTUAL) {
                Thread.startVirtualThread(() -> run(peer, talk));
            } else {
                stack.runtime().start("talk " + port, () -> run(peer, talk));
            }
        } catch (NetException e) {
            System.err.println("stack: " + e);
        }
    }

    private static void run(StreamSocket peer, Talk talk) {
        try (peer) {
            talk.with(peer);
        } catch (NetException e) {
            // The generator ends its connections in the middle of bulk data.
        }
    }

    private static void sink(StreamSocket peer) throws NetException {
        byte[] buffer = new byte[Ports.CHUNK];
        while (peer.read(buffer, 0, buffer.length) > 0) {}
    }

    private static void source(StreamSocket peer) throws NetException {
        byte[] buffer = new byte[Ports.CHUNK];
        while (true) {
            peer.write(buffer, 0, buffer.length);
        }
    }

    private static void echo(StreamSocket peer) throws NetException {
        byte[] one = new byte[1];
        while (peer.read(one, 0, 1) > 0) {
            peer.write(one, 0, 1);
        }
    }

    private void datagrams() {
        byte[] buffer = new byte[2048];
        try (DatagramPort port =
                DatagramPort.bind(stack.sockets(), InetSockAddress.of("0.0.0.0", Ports.DATAGRAM_ECHO))) {
            while (true) {
                int n = port.receive(buffer, 0, buffer.length);
                port.send(buffer, 0, n, port.source());
            }
        } catch (NetException e) {
            System.err.println("stack: " + e);
        }
    }
}

package dev.netstack4j.bench.endtoend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// The measured host on the kernel's sockets.
public final class KernelServer {
    private KernelServer() {}

    private interface Talk {
        void with(SocketChannel peer) throws IOException;
    }

    /// Serves for ever on the address given.
    public static void main(String[] args) throws IOException, InterruptedException {
        serve(args[0], Ports.SINK, KernelServer::sink);
        serve(args[0], Ports.SOURCE, KernelServer::source);
        serve(args[0], Ports.ECHO, KernelServer::echo);
        Thread.ofPlatform().start(() -> datagrams(args[0]));
        System.out.println("ready");
        Thread.currentThread().join();
    }

    private static void serve(String address, int port, Talk talk) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(address, port), 1024);
        Thread.ofPlatform().start(() -> {
            while (true) {
                accept(server, port, talk);
            }
        });
    }

    private static void accept(ServerSocketChannel server, int port, Talk talk) {
        try {
            SocketChannel peer = server.accept();
            peer.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (port == Ports.ECHO) {
                run(peer, talk); // a thread for each byte would be measured too
            } else {
                Thread.ofPlatform().start(() -> run(peer, talk));
            }
        } catch (IOException e) {
            System.err.println("kernel: " + e);
        }
    }

    private static void run(SocketChannel peer, Talk talk) {
        try (peer) {
            talk.with(peer);
        } catch (IOException e) {
            // The generator ends its connections in the middle of bulk data.
        }
    }

    private static void sink(SocketChannel peer) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Ports.CHUNK);
        while (peer.read(buffer) >= 0) {
            buffer.clear();
        }
    }

    private static void source(SocketChannel peer) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Ports.CHUNK);
        while (true) {
            buffer.clear();
            peer.write(buffer);
        }
    }

    private static void echo(SocketChannel peer) throws IOException {
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        while (peer.read(one.clear()) > 0) {
            peer.write(one.flip());
        }
    }

    private static void datagrams(String address) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(address, Ports.DATAGRAM_ECHO));
            while (true) {
                SocketAddress from = channel.receive(buffer.clear());
                channel.send(buffer.flip(), from);
            }
        } catch (IOException e) {
            System.err.println("kernel: " + e);
        }
    }
}

package dev.netstack4j.bench.endtoend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

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
        serve(args[0], Ports.ECHO_VIRTUAL, KernelServer::echo);
        serve(args[0], Ports.COUNT, KernelServer::count);
        DatagramChannel unread = DatagramChannel.open();
        unread.bind(new InetSocketAddress(args[0], Ports.DATAGRAM_SINK));
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
            if (port == Ports.SINK || port == Ports.SOURCE) {
                Thread.ofPlatform().start(() -> run(peer, talk));
            } else {
                run(peer, talk); // a thread for each byte would be measured too
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

    /// Answers each byte by how many packets all interfaces of the namespace have received.
    private static void count(SocketChannel peer) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        ByteBuffer answer = ByteBuffer.allocate(Long.BYTES);
        while (peer.read(one.clear()) > 0) {
            peer.write(answer.clear().putLong(receivedPackets()).flip());
        }
    }

    private static long receivedPackets() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/net/dev"))) {
            return lines.filter(line -> line.contains(":"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim().split("\\s+"))
                    .mapToLong(fields -> Long.parseLong(fields[1]))
                    .sum();
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

package dev.netstack4j.bench.netem;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/// The measured host on the kernel's sockets.
public final class KernelTransfers {
    private KernelTransfers() {}

    /// Serves until it is ended, then prints its counters.
    public static void main(String[] args) throws IOException {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(KernelCounters::print));
        try (ServerSocket server = new ServerSocket(TransferServer.PORT)) {
            System.out.println("ready");
            while (true) {
                Socket peer = server.accept();
                Thread.ofPlatform().start(() -> serve(peer));
            }
        }
    }

    private static void serve(Socket peer) {
        try (peer) {
            // Congestion control is a setting of the namespace here.
            TransferServer.serve(peer.getInputStream(), peer.getOutputStream(), name -> {});
        } catch (SocketException e) {
            // The other side has reset the connection at its end.
        } catch (IOException e) {
            System.err.println("kernel: " + e);
        }
    }
}

package dev.netstack4j.bench.netem;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/// One transfer between the kernel's sockets and a measured host.
///
/// @param cell   on which path
/// @param bytes  how many
/// @param seed   of the bytes
record Transfer(Cell cell, long bytes, long seed) {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final double MEGABITS = 8e-6;

    /// Connects, transfers and compares.
    ///
    /// @return megabits of payload a second from the first SYN until the last byte has arrived, and until that is
    ///     known where the kernel sends
    double run(String address) throws IOException {
        long begin = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(address, TransferServer.PORT), TIMEOUT_MILLIS);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            ask(socket.getOutputStream());
            if (!exact(in, socket.getOutputStream())) {
                throw new IOException("bytes were changed: " + cell.name());
            }
            return bytes * MEGABITS / ((System.nanoTime() - begin) * 1e-9);
        }
    }

    private void ask(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out));
        data.writeInt(cell.toStack() ? TransferServer.TAKE : TransferServer.GIVE);
        data.writeLong(seed);
        data.writeLong(bytes);
        data.writeUTF(cell.congestion());
        data.flush();
    }

    private boolean exact(DataInputStream in, OutputStream out) throws IOException {
        Payload payload = new Payload(seed);
        if (!cell.toStack()) {
            return payload.receive(in, bytes);
        }
        payload.send(out, bytes);
        return in.read() == 1;
    }
}

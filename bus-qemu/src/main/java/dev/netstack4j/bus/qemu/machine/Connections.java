package dev.netstack4j.bus.qemu.machine;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/// The sockets of one QEMU, connected; none of them blocks.
///
/// @param registers the qtest protocol
/// @param frames    the device's frames
/// @param control   the control protocol QMP
record Connections(SocketChannel registers, SocketChannel frames, SocketChannel control) {
    void close() {
        close(registers);
        close(frames);
        close(control);
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(Connections.class.getName()).log(System.Logger.Level.DEBUG, "close " + channel, e);
        }
    }
}

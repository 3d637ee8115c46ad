package dev.netstack4j.systemtests.walk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Packets of the largest size: over loopback, whose MTU is beyond one block of memory, and over the cable in
/// fragments.
class LargePacketsTest {
    private static final int LARGEST_DATAGRAM = 65507;

    private static byte[] bytes(int n) {
        byte[] b = new byte[n];
        new SplittableRandom(n).nextBytes(b);
        return b;
    }

    @Test
    @Mechanism({"D14", "D28"})
    void theLargestDatagramCrossesTheCableInFragmentsAndTheLoopbackWhole() throws Exception {
        try (Pair pair = Pair.virtual()) {
            byte[] sent = bytes(LARGEST_DATAGRAM);
            for (InetSockAddress to :
                    new InetSockAddress[] {Pair.addressOf(2, 7000), InetSockAddress.of("127.0.0.1", 7000)}) {
                var receiver = to.ip().isLoopback() ? pair.a : pair.b;
                byte[] got = new byte[LARGEST_DATAGRAM + 1];
                int[] length = new int[1];
                pair.start("application", () -> {
                            try (DatagramPort in =
                                            DatagramPort.bind(receiver.sockets(), InetSockAddress.of("0.0.0.0", 7000));
                                    DatagramPort out =
                                            DatagramPort.bind(pair.a.sockets(), InetSockAddress.of("0.0.0.0", 7001))) {
                                out.send(sent, 0, sent.length, to);
                                length[0] = in.receive(got, 0, got.length);
                            }
                        })
                        .join();
                assertEquals(LARGEST_DATAGRAM, length[0]);
                assertArrayEquals(sent, Arrays.copyOf(got, length[0]));
            }
        }
    }

    @Test
    @Mechanism("F2")
    void tcpOverLoopbackMovesEveryByte() throws Exception {
        try (Pair pair = Pair.virtual()) {
            byte[] sent = bytes(4_000_000);
            byte[] got = new byte[sent.length];
            InetSockAddress here = InetSockAddress.of("127.0.0.1", 80);
            var reader = pair.start("reader", () -> {
                try (StreamServer l = StreamServer.listen(pair.a.sockets(), here, 1);
                        StreamSocket s = listening(pair, l).accept()) {
                    int at = 0;
                    for (int n = s.read(got, 0, got.length); n > 0; n = s.read(got, at, got.length - at)) {
                        at += n;
                    }
                }
            });
            pair.start("writer", () -> {
                        pair.runtime.pause(1_000_000);
                        try (StreamSocket s = StreamSocket.connect(pair.a.sockets(), here)) {
                            s.write(sent, 0, sent.length);
                        }
                    })
                    .join();
            reader.join();
            assertArrayEquals(sent, got);
        }
    }

    /// With a window so large that it does not limit the segment size.
    private static StreamServer listening(Pair pair, StreamServer listener) {
        OptionValue large = OptionValue.of(1_000_000);
        pair.a.sockets().setsockopt(listener.fd(), SocketOption.SOL_SOCKET, SocketOption.SO_RCVBUF, large);
        return listener;
    }
}

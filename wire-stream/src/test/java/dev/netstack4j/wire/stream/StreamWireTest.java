package dev.netstack4j.wire.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class StreamWireTest {
    @TempDir
    Path directory;

    private Path path() {
        return directory.resolve("wire");
    }

    private static byte[] frame(int length, int fill) {
        byte[] f = new byte[length];
        Arrays.fill(f, (byte) fill);
        return f;
    }

    @Test
    void framesGoBothWaysAsQemuFramesThem() throws Exception {
        try (WireBench bench = new WireBench(path(), true);
                TestPeer peer = TestPeer.connect(path())) {
            bench.await(bench.wire::isUp);
            peer.raw(ByteBuffer.wrap(new byte[] {0, 0, 0, 14, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}));
            bench.await(() -> bench.received.size() == 1);
            assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}, bench.received.getFirst());
            assertEquals(2, bench.send(frame(60, 1), frame(1514, 2)));
            assertArrayEquals(frame(60, 1), peer.receive());
            assertArrayEquals(frame(1514, 2), peer.receive());
        }
    }

    @Test
    void aFrameMayComeInPieces() throws Exception {
        try (WireBench bench = new WireBench(path(), true);
                TestPeer peer = TestPeer.connect(path())) {
            peer.raw(ByteBuffer.wrap(new byte[] {0, 0}));
            bench.await(bench.wire::isUp);
            peer.raw(ByteBuffer.wrap(new byte[] {0, 20, 9, 9}));
            bench.run();
            assertEquals(0, bench.received.size());
            peer.raw(ByteBuffer.wrap(frame(18, 9)));
            bench.await(() -> bench.received.size() == 1);
            assertArrayEquals(frame(20, 9), bench.received.getFirst());
        }
    }

    @Test
    void theLinkIsUpWhileAPeerIsThereAndTheNextOneIsTakenThen() throws Exception {
        try (WireBench bench = new WireBench(path(), true)) {
            assertFalse(bench.wire.isUp());
            assertEquals(1, bench.send(frame(60, 1)), "frames without a peer are lost");
            TestPeer first = TestPeer.connect(path());
            bench.await(bench.wire::isUp);
            try (TestPeer second = TestPeer.connect(path())) {
                first.close();
                bench.await(() -> bench.linkChanges == 3);
                assertTrue(bench.wire.isUp());
                bench.send(frame(60, 2));
                assertArrayEquals(frame(60, 2), second.receive());
            }
            bench.await(() -> bench.linkChanges == 4);
            assertTrue(bench.wire.toString().endsWith("(no peer), lost 1, malformed 0"), bench.wire::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 13, 69633, -1})
    void aLengthThatNoFrameHasEndsThePeer(int length) throws Exception {
        try (WireBench bench = new WireBench(path(), true);
                TestPeer peer = TestPeer.connect(path())) {
            peer.send(frame(60, 1));
            peer.raw(ByteBuffer.allocate(4).putInt(length).flip());
            bench.await(() -> bench.linkChanges == 2);
            assertEquals(1, bench.received.size(), "what came before is whole");
            assertTrue(peer.isAtEnd());
            assertTrue(bench.wire.toString().endsWith("malformed 1"), bench.wire::toString);
            try (TestPeer next = TestPeer.connect(path())) {
                next.send(frame(69632, 7));
                bench.await(() -> bench.received.size() == 2);
            }
        }
    }

    @Test
    void framesThatTheDeviceDoesNotTakeWaitInOrder() throws Exception {
        try (WireBench bench = new WireBench(path(), true);
                TestPeer peer = TestPeer.connect(path())) {
            bench.room = 1;
            for (int i = 0; i < 200; i++) {
                peer.send(frame(60, i));
            }
            bench.await(() -> bench.received.size() == 1);
            bench.run();
            assertEquals(1, bench.received.size());
            bench.room = Integer.MAX_VALUE;
            bench.wire.resume();
            bench.await(() -> bench.received.size() == 200);
            for (int i = 0; i < 200; i++) {
                assertArrayEquals(frame(60, i), bench.received.get(i));
            }
        }
    }

    @Test
    void aPeerThatDoesNotReadHoldsUpTheDeviceAndLosesNothing() throws Exception {
        try (WireBench bench = new WireBench(path(), true);
                TestPeer peer = TestPeer.connect(path())) {
            bench.await(bench.wire::isUp);
            int sent = 0;
            while (bench.send(frame(1514, sent)) == 1) {
                sent++;
            }
            assertTrue(sent * 1514 > Framing.BUFFER / 2, "only " + sent);
            bench.run();
            assertEquals(0, bench.resumed, "nobody has read");
            for (int i = 0; i < sent; i++) {
                bench.run();
                assertArrayEquals(frame(1514, i), peer.receive());
            }
            bench.await(() -> bench.resumed > 0);
            assertEquals(1, bench.send(frame(60, 1)));
            assertArrayEquals(frame(60, 1), peer.receive());
        }
    }

    @Test
    void aDeviceThatWasHeldUpGoesOnWhenThePeerLeaves() throws Exception {
        try (WireBench bench = new WireBench(path(), true)) {
            try (TestPeer peer = TestPeer.connect(path())) {
                bench.await(bench.wire::isUp);
                while (bench.send(frame(1514, 1)) == 1) {}
                assertTrue(peer.channel().isOpen());
            }
            bench.await(() -> bench.resumed > 0);
            assertEquals(1, bench.send(frame(60, 1)));
        }
    }

    @Test
    void theSocketIsItsOwnersAloneAndGoesWithTheWire() throws Exception {
        WireBench bench = new WireBench(path(), true);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
        TestPeer peer = TestPeer.connect(path());
        bench.await(bench.wire::isUp);
        bench.close();
        bench.close();
        assertTrue(peer.isAtEnd());
        assertTrue(bench.removed);
        assertFalse(bench.wire.isUp());
        try (var left = Files.list(directory)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void aSocketThatNobodyListensOnAnyMoreIsReplaced() throws Exception {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path()));
        }
        assertTrue(Files.exists(path()));
        try (WireBench bench = new WireBench(path(), true);
                TestPeer _ = TestPeer.connect(path())) {
            bench.await(bench.wire::isUp);
            NetException e = assertThrows(NetException.class, () -> new WireBench(path(), true));
            assertEquals(Errno.EADDRINUSE, e.errno());
        }
    }

    @Test
    void aFileThatIsNoSocketStaysThere() throws IOException {
        Files.writeString(path(), "mine");
        NetException e = assertThrows(NetException.class, () -> new WireBench(path(), true));
        assertEquals(Errno.EEXIST, e.errno());
        assertEquals("mine", Files.readString(path()));
    }

    @Test
    void anEndThatConnectsIsUpAtOnceAndDownWhenThePeerIsGone() throws Exception {
        try (WireBench server = new WireBench(path(), true);
                WireBench client = new WireBench(path(), false)) {
            assertTrue(client.wire.isUp());
            server.await(server.wire::isUp);
            client.send(frame(60, 1));
            server.await(() -> server.received.size() == 1);
            server.send(frame(61, 2));
            client.await(() -> client.received.size() == 1);
            server.close();
            client.await(() -> !client.wire.isUp());
        }
    }

    @Test
    void connectingToNothingIsRefusedInPlainWords() {
        NetException e = assertThrows(NetException.class, () -> new WireBench(path(), false));
        assertEquals(Errno.ENOENT, e.errno());
        assertEquals("connect to the socket '" + path() + "': No such file or directory (ENOENT)", e.getMessage());
    }
}

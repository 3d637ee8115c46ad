package dev.netstack4j.wire.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.testkit.requires.Requirement;
import dev.netstack4j.testkit.requires.Requires;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Requires({Requirement.ROOT, Requirement.TAP, Requirement.NETWORK_NAMESPACE})
class TapWireTest {
    private static final Map<String, String> HOST = Map.of("name", "t0", "address", "10.77.0.1/24", "mtu", "1400");
    private static final byte[] OUR_MAC = {2, 0, 0, 0, 0, 9};
    private static final int ARP = 0x0806;
    private static final int IPV4 = 0x0800;

    @Test
    void theDeviceIsMadeSetUpAndRemovedAgain() throws Exception {
        Namespace.inside(() -> {
            WireBench bench = new WireBench(HOST);
            NetworkInterface host = NetworkInterface.getByName("t0");
            assertTrue(host.isUp());
            assertEquals(1400, host.getMTU());
            InterfaceAddress address = host.getInterfaceAddresses().stream()
                    .filter(a -> a.getAddress().getAddress().length == 4)
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    "10.77.0.1/24", address.getAddress().getHostAddress() + "/" + address.getNetworkPrefixLength());
            bench.wire.close();
            assertTrue(bench.removed);
            return assertGone("t0");
        });
    }

    @Test
    void framesGoBothWays() throws Exception {
        Namespace.inside(() -> {
            WireBench bench = new WireBench(HOST);
            try (DatagramSocket socket = new DatagramSocket(5000, InetAddress.getByName("10.77.0.1"))) {
                byte[] text = "over the wire".getBytes(StandardCharsets.US_ASCII);
                socket.send(new DatagramPacket(text, text.length, InetAddress.getByName("10.77.0.2"), 7));
                byte[] question = bench.await(ARP);
                assertEquals("0a4d0002", HexFormat.of().formatHex(question, 38, 42));
                assertEquals(1, bench.send(arpReply(question)));
                byte[] datagram = bench.await(IPV4);
                assertEquals(
                        "over the wire",
                        new String(datagram, datagram.length - text.length, text.length, StandardCharsets.US_ASCII));
                assertArrives(socket, bench, datagram);
            }
            bench.wire.close();
            return null;
        });
    }

    private static void assertArrives(DatagramSocket socket, WireBench bench, byte[] datagram) throws Exception {
        // Addresses swapped leave both checksums as they are; so do swapped ports.
        byte[] echo = datagram.clone();
        System.arraycopy(datagram, 6, echo, 0, 6);
        System.arraycopy(datagram, 0, echo, 6, 6);
        System.arraycopy(datagram, 26, echo, 30, 4);
        System.arraycopy(datagram, 30, echo, 26, 4);
        System.arraycopy(datagram, 34, echo, 36, 2);
        System.arraycopy(datagram, 36, echo, 34, 2);
        bench.send(echo);
        DatagramPacket back = new DatagramPacket(new byte[100], 100);
        socket.setSoTimeout(5000);
        socket.receive(back);
        assertEquals("over the wire", new String(back.getData(), 0, back.getLength(), StandardCharsets.US_ASCII));
        assertEquals(7, back.getPort());
    }

    private static byte[] arpReply(byte[] question) {
        byte[] reply = Arrays.copyOf(question, 60);
        System.arraycopy(question, 6, reply, 0, 6);
        System.arraycopy(OUR_MAC, 0, reply, 6, 6);
        reply[21] = 2;
        System.arraycopy(OUR_MAC, 0, reply, 22, 6);
        System.arraycopy(question, 38, reply, 28, 4);
        System.arraycopy(question, 22, reply, 32, 10);
        return reply;
    }

    @Test
    void framesThatTheDeviceDoesNotTakeWaitInOrder() throws Exception {
        Namespace.inside(() -> {
            WireBench bench = new WireBench(HOST);
            bench.run();
            bench.received.clear();
            bench.room = 1;
            for (int i = 0; i < 5; i++) {
                broadcast(i);
            }
            bench.run();
            assertEquals(1, bench.received.size());
            assertEquals(1, bench.refusals);
            assertFalse(((TapWire) bench.wire).wantedEvents() != 0, "polling for more would spin");
            bench.room = Integer.MAX_VALUE;
            bench.wire.resume();
            assertTrue(bench.rung);
            bench.run();
            for (int i = 0; i < 5; i++) {
                byte[] frame = bench.received.get(i);
                assertEquals(i, frame[frame.length - 1]);
            }
            bench.wire.close();
            return null;
        });
    }

    private static void broadcast(int number) throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("10.77.0.1"))) {
            socket.setBroadcast(true);
            socket.send(new DatagramPacket(new byte[] {(byte) number}, 1, InetAddress.getByName("10.77.0.255"), 9));
        }
    }

    @Test
    void anIdleWaitEndsByAWakeByAFrameAndByItsTimeout() throws Exception {
        Namespace.inside(() -> {
            WireBench bench = new WireBench(HOST);
            bench.run();
            bench.idle().wake();
            bench.idle().wake();
            bench.idle().idle(-1);
            bench.run();
            bench.rung = false;
            broadcast(0);
            bench.idle().idle(-1);
            assertTrue(bench.rung);
            bench.run();
            bench.rung = false;
            assertTrue(timesOutWhenNothingComes(bench), "an idle wait of a microsecond never ended by its timeout");
            bench.wire.close();
            bench.idle().idle(-1); // closing woke it
            return null;
        });
    }

    @Test
    void aTapThatWasThereStaysThere() throws Exception {
        Namespace.inside(() -> {
            new WireBench(Map.of("name", "t1", "address", "10.77.1.1/24", "persist", "true")).wire.close();
            assertNotNull(NetworkInterface.getByName("t1"));
            new WireBench(Map.of("name", "t1")).wire.close();
            assertNotNull(NetworkInterface.getByName("t1"));
            return null;
        });
    }

    @Test
    void aTapInUseAndADeviceThatIsNoTapAreRefusedInPlainWords() throws Exception {
        Namespace.inside(() -> {
            WireBench first = new WireBench(HOST);
            NetException busy = assertThrows(NetException.class, () -> new WireBench(HOST));
            assertEquals(Errno.EBUSY, busy.errno());
            assertEquals(
                    "attach to the device 't0', which another program uses: Device or resource busy (EBUSY)",
                    busy.getMessage());
            first.wire.close();
            NetException other = assertThrows(NetException.class, () -> new WireBench(Map.of("name", "lo")));
            assertEquals(Errno.EINVAL, other.errno());
            return assertGone("t0");
        });
    }

    private static Object assertGone(String name) throws Exception {
        assertNull(NetworkInterface.getByName(name));
        return name;
    }

    /// The kernel sends frames of its own now and then (neighbour discovery), so one quiet wait of many is enough.
    private static boolean timesOutWhenNothingComes(WireBench bench) throws Exception {
        for (int i = 0; i < 100; i++) {
            bench.run();
            bench.rung = false;
            bench.idle().idle(1000);
            if (!bench.rung) {
                return true;
            }
        }
        return false;
    }
}

package dev.netstack4j.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.cli.services.Threads;
import dev.netstack4j.testkit.requires.Requirement;
import dev.netstack4j.testkit.requires.Requires;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// One stack with a TAP as the device itself and a card at another TAP: its one CPU waits for both.
@Requires({Requirement.ROOT, Requirement.TAP, Requirement.NETWORK_NAMESPACE})
class TapsTogetherTest {
    private static final String NIC = "10.77.0.2";
    private static final String CARD = "10.78.0.2";

    @Test
    void anIdleCpuIsWokenByEitherAndByOneWhenTheOtherHasGone() throws Exception {
        Namespace.inside(() -> {
            Stack stack = StackFactory.find()
                    .builder()
                    .name("both")
                    .discover(TapsTogetherTest.class.getClassLoader())
                    .build();
            try (stack;
                    StandardServices services = new StandardServices(stack, Threads.virtual())) {
                NetDevice nic = nic(stack);
                card(stack);
                services.startSmallOnes();
                for (int i = 0; i < 3; i++) {
                    assertEchoes(NIC);
                    assertEchoes(CARD);
                }
                stack.hardware().unplug(nic);
                assertEchoes(CARD);
            }
            assertEquals(0, stack.packets().live());
            assertTrue(stack.packets().isBalanced());
            return null;
        });
    }

    private static NetDevice nic(Stack stack) throws NetException {
        return up(stack, stack.hardware().link("tap", Map.of("name", "t0", "address", "10.77.0.1/24")), NIC);
    }

    private static void card(Stack stack) throws NetException {
        Wire wire = stack.hardware().wire("tap", Map.of("name", "t1", "address", "10.78.0.1/24"));
        up(stack, stack.hardware().plug("emulated", "82576", Map.of(), wire), CARD);
    }

    private static NetDevice up(Stack stack, NetDevice device, String address) throws NetException {
        stack.ipv4().addAddress(device, IpPrefix.parse(address + "/24"));
        stack.links().up(device);
        return device;
    }

    /// One datagram, and nothing else that could wake the stack instead.
    private static void assertEchoes(String address) throws Exception {
        byte[] text = "still there".getBytes(StandardCharsets.US_ASCII);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(10_000);
            socket.send(new DatagramPacket(text, text.length, InetAddress.getByName(address), 7));
            DatagramPacket back = new DatagramPacket(new byte[100], 100);
            socket.receive(back);
            assertEquals(
                    "still there",
                    new String(Arrays.copyOf(back.getData(), back.getLength()), StandardCharsets.US_ASCII));
        }
    }
}

package dev.netstack4j.systemtests.igb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Probe, open, traffic, close, remove, again and again: nothing may stay behind.
class LifecycleTest {
    private static final long STEP_NANOS = 1_000_000L;

    private static Stack host(StackRuntime runtime, String name) throws Exception {
        return StackFactory.find()
                .builder()
                .name(name)
                .runtime(runtime)
                .memory(32 << 20)
                .discover(LifecycleTest.class.getClassLoader())
                .build();
    }

    private static NetDevice plug(Stack stack, String model, int number) throws Exception {
        // Checked: a mapping that is not undone fails when the host closes.
        NetDevice card = stack.hardware()
                .plug(
                        "emulated",
                        model,
                        Map.of("dma", "checked"),
                        stack.hardware().wire("cable", Map.of("name", "again")));
        stack.ipv4().addAddress(card, IpPrefix.parse("10.0.0." + number + "/24"));
        stack.links().up(card);
        return card;
    }

    private static void repeat(String model, int times, int frames) throws Exception {
        StackRuntime runtime = StackFactory.find().virtualTime(7);
        Stack a = host(runtime, "a");
        Stack b = host(runtime, "b");
        for (int i = 0; i < times; i++) {
            NetDevice cardA = plug(a, model, 1);
            NetDevice cardB = plug(b, model, 2);
            while (!cardA.hasCarrier() || !cardB.hasCarrier()) {
                runtime.pause(STEP_NANOS);
            }
            long got = talk(runtime, a, b, frames);
            assertEquals(frames, got, "datagrams of round " + i);
            long sent = a.links().stats(cardA).txPackets;
            assertTrue(sent >= frames, sent + " frames sent");
            a.hardware().unplug(cardA);
            b.hardware().unplug(cardB);
            assertEquals(0, a.packets().live(), "packets after round " + i);
            assertEquals(0, b.packets().live(), "packets after round " + i);
        }
        a.close();
        b.close();
        runtime.close();
        assertTrue(a.packets().isBalanced() && b.packets().isBalanced());
    }

    private static long talk(StackRuntime runtime, Stack a, Stack b, int frames) throws Exception {
        long[] got = new long[1];
        try (DatagramPort in = DatagramPort.bind(b.sockets(), InetSockAddress.of("10.0.0.2", 5000));
                DatagramPort out = DatagramPort.bind(a.sockets(), InetSockAddress.of("10.0.0.1", 5001))) {
            runtime.start("exchange", () -> {
                        try {
                            byte[] bytes = new byte[200];
                            for (int i = 0; i < frames; i++) {
                                out.send(bytes, 0, bytes.length, InetSockAddress.of("10.0.0.2", 5000));
                                got[0] += in.receive(bytes, 0, bytes.length) > 0 ? 1 : 0;
                            }
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .join();
        }
        return got[0];
    }

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    void aCardThatComesAndGoesTwentyTimesLeavesNothing(String model) throws Exception {
        repeat(model, 20, 100);
    }

    @Tag("nightly")
    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    void aCardThatComesAndGoesAThousandTimesWithTenThousandFramesEachLeavesNothing(String model) throws Exception {
        repeat(model, 1000, 10_000);
    }
}

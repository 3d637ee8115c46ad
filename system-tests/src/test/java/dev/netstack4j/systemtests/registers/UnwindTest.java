package dev.netstack4j.systemtests.registers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.PciInterposer;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.spi.Plugged;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each thing that a probe or an opening asks for fails once: what was taken before is given back, and nothing else.
class UnwindTest {
    /// Enable, window, vectors, rings, handlers, and the first buffers.
    private static final int STEPS = 30;

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    @Mechanism("I18")
    void whateverFailsNothingIsLeftBehind(String model) throws Exception {
        int failed = 0;
        try (StackRuntime runtime = StackFactory.find().virtualTime(3);
                Stack stack = StackFactory.find()
                        .builder()
                        .runtime(runtime)
                        .memory(16 << 20)
                        .discover(UnwindTest.class.getClassLoader())
                        .with(new FailingBus())
                        .build()) {
            for (int step = 1; step <= STEPS; step++) {
                failed += life(stack, model, step) ? 1 : 0;
            }
            assertTrue(failed >= 5, failed + " steps were seen to fail");
            assertTrue(!life(stack, model, 0));
        }
    }

    /// @return whether the probe or the opening failed
    private static boolean life(Stack stack, String model, int failAt) throws NetException {
        Map<String, String> options = new TreeMap<>(Map.of("fail-at", Integer.toString(failAt)));
        options.put("rx", "80");
        options.put("tx", "80");
        boolean failed = false;
        NetDevice card = null;
        try {
            var wire = stack.hardware().wire("cable", Map.of("name", "alone"));
            card = stack.hardware().plug("emulated", model, options, wire);
            stack.links().up(card);
        } catch (NetException e) {
            failed = true;
            assertHeld(stack, card == null ? Map.of() : Map.of("enabled", 1, "vectors", 1), model, failAt);
        }
        if (card != null) {
            stack.hardware().unplug(card);
        }
        assertHeld(stack, Map.of(), model, failAt);
        assertEquals(0, stack.packets().live(), "packets after step " + failAt);
        return failed;
    }

    private static void assertHeld(Stack stack, Map<String, Integer> wanted, String model, int failAt) {
        FailingBus.Interposer interposer =
                (FailingBus.Interposer) stack.service(Plugged.class).find(PciInterposer.POINT, "failing");
        assertEquals(wanted, interposer.last().held(), "held by " + model + " when request " + failAt + " failed");
    }
}

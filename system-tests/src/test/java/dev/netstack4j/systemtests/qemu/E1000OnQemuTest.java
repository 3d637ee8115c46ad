package dev.netstack4j.systemtests.qemu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.systemtests.walk.Pair;
import dev.netstack4j.testkit.requires.Requires;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The driver of the 82540EM, unchanged, on QEMU's model of it.
@Requires(programs = "qemu-system-x86_64")
@Timeout(120)
class E1000OnQemuTest {
    private static Pair pair() throws Exception {
        return Pair.real(new Pair.Card("qemu", "e1000", Map.of("time", "warp")));
    }

    @Test
    void answersAndSendsPings() throws Exception {
        try (Pair pair = pair()) {
            assertEquals(1, Pings.untilAnswered(pair.a, 2, 56, 3));
            assertEquals(1, Pings.untilAnswered(pair.b, 1, 56, 3));
            assertEquals(1, Pings.untilAnswered(pair.a, 2, 4000, 3), "several fragments");
        }
    }

    @Test
    void carriesTcpByteByByteBothWays() throws Exception {
        byte[] bytes = new byte[4 << 20];
        new Random(1).nextBytes(bytes);
        try (Pair pair = pair()) {
            assertArrayEquals(bytes, pair.transfer(bytes));
            assertArrayEquals(bytes, pair.transferBack(bytes));
            assertTrue(Pair.count(pair.a, "Tcp.InSegs") > 1000);
        }
    }
}

package dev.netstack4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.stack.StackFactory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LessonsTest {
    private final StackRuntime runtime = StackFactory.find().virtualTime(1);

    @AfterEach
    void end() {
        runtime.close();
    }

    @Test
    void theSmallestStackTalksToItself() throws Exception {
        List<String> lines = SmallestStack.run(runtime);
        assertEquals("hello, myself from 127.0.0.1:5000", lines.getFirst());
        assertTrue(lines.contains("proto-udp is there"));
        assertTrue(lines.size() <= 4, lines::toString);
    }

    @Test
    void aProtocolOfOnesOwnGreets() throws Exception {
        assertEquals("thank you for 'greetings from A'", ThirdPartyEtherType.run(runtime));
    }

    @Test
    void aQdiscOfOnesOwnHoldsAPacketToTheNanosecond() throws Exception {
        long direct = ThirdPartyQdisc.run(runtime, "0ns");
        assertEquals(25_000_000, ThirdPartyQdisc.run(runtime, "25ms") - direct);
    }

    @Test
    void aRouterForwardsBetweenSubnets() throws Exception {
        List<String> lines = RouterBetweenSubnets.run(runtime);
        assertTrue(lines.getFirst().startsWith("right heard 'can you hear me?' from 10.1.0.2:"), lines::toString);
        assertTrue(lines.contains("left heard 'loud and clear'"), lines::toString);
        assertEquals("forwarded", lines.getLast());
    }

    @Test
    void aTapSeesArpAndBothDatagrams() throws Exception {
        List<String> lines = PacketTap.run(runtime);
        assertEquals(4, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith("out") && lines.get(0).contains("type 0806"), lines::toString);
        assertTrue(lines.get(1).startsWith("in ") && lines.get(1).contains("type 0806"), lines::toString);
        assertTrue(lines.get(2).startsWith("out") && lines.get(2).endsWith("type 0800, 142 bytes"), lines::toString);
        assertTrue(lines.get(3).startsWith("in ") && lines.get(3).endsWith("type 0800, 92 bytes"), lines::toString);
    }
}

package dev.netstack4j.api.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.runtime.Cpu;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SkBuffOrderTest {
    private final Cpu cpu = new OneCpu();
    private final PacketLedger ledger = new PacketLedger(1);
    private final SkBuffPool pool =
            new SkBuffPool(new PhysicalMemory(Arena.ofAuto().allocate(4 << 20, 4096), 0), 1, ledger);
    private final ConsumeReason done = ledger.consume("DONE", "test is done with it");

    private SkBuff alloc() {
        SkBuff skb = pool.alloc(64, cpu);
        assertNotNull(skb);
        return skb;
    }

    @Test
    void itKeepsItsOrderUnderRandomUse() {
        SkBuffOrder order = new SkBuffOrder();
        List<SkBuff> model = new ArrayList<>();
        List<SkBuff> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(alloc());
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2000; i++) {
            SkBuff skb = all.get(random.nextInt(all.size()));
            boolean there = model.remove(skb);
            assertEquals(there, order.holds(skb));
            int place = model.isEmpty() ? 0 : random.nextInt(model.size());
            switch (random.nextInt(3)) {
                case 0 -> {
                    order.addTail(skb);
                    model.add(skb);
                }
                case 1 -> {
                    order.remove(skb);
                    if (!model.isEmpty()) {
                        order.addAfter(model.get(place), skb);
                        model.add(place + 1, skb);
                    }
                }
                default -> order.remove(skb);
            }
            assertEquals(model, contents(order));
        }
        order.clear();
        assertEquals(List.of(), contents(order));
        all.forEach(skb -> skb.consume(done, cpu));
        assertTrue(pool.isBalanced());
    }

    private static List<SkBuff> contents(SkBuffOrder order) {
        List<SkBuff> found = new ArrayList<>();
        for (SkBuff skb = order.first(); skb != null; skb = order.next(skb)) {
            found.add(skb);
        }
        return found;
    }

    @Test
    void aPacketIsInOneListAndIsNotFreedInIt() {
        SkBuffOrder order = new SkBuffOrder();
        SkBuffOrder other = new SkBuffOrder();
        SkBuff skb = alloc();
        order.addTail(skb);
        assertThrows(IllegalStateException.class, () -> other.addTail(skb));
        assertThrows(IllegalStateException.class, () -> skb.consume(done, cpu));
        other.remove(skb);
        assertTrue(order.holds(skb));
        order.remove(skb);
        assertFalse(order.holds(skb));
        assertThrows(IllegalStateException.class, () -> order.addAfter(skb, alloc()));
        skb.consume(done, cpu);
    }
}

package dev.netstack4j.api.buffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.runtime.Cpu;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SkBuffTest {
    private final Cpu cpu = new OneCpu();
    private final PacketLedger ledger = new PacketLedger(1);
    private final SkBuffPool pool =
            new SkBuffPool(new PhysicalMemory(Arena.ofAuto().allocate(4 << 20, 65536), 0), 1, ledger);
    private final ConsumeReason done = ledger.consume("DONE", "test is done with it");
    private final DropReason lost = ledger.drop("LOST", "test lost it");

    private SkBuff alloc(int size) {
        SkBuff skb = pool.alloc(size, cpu);
        assertNotNull(skb);
        return skb;
    }

    private SkBuff filled(int headroom, int bytes) {
        SkBuff skb = alloc(headroom + bytes);
        skb.reserve(headroom);
        int at = skb.put(bytes);
        for (int i = 0; i < bytes; i++) {
            skb.put8(at + i, i);
        }
        return skb;
    }

    private static byte[] contents(SkBuff skb) {
        byte[] b = new byte[skb.length()];
        skb.read(0, b, 0, b.length);
        return b;
    }

    @AfterEach
    void nothingLeaks() {
        assertEquals(0, pool.live());
        assertTrue(pool.isBalanced());
    }

    @Test
    @Mechanism("A4")
    void pushAndPullAreInverse() {
        SkBuff skb = filled(100, 300);
        byte[] before = contents(skb);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 1000; i++) {
            int n = random.nextInt(skb.headroom() + 1);
            skb.push(n);
            skb.pull(n);
            assertEquals(300, skb.length());
        }
        assertArrayEquals(before, contents(skb));
        assertThrows(IllegalStateException.class, () -> skb.push(101));
        assertThrows(IllegalStateException.class, () -> skb.pull(301));
        assertThrows(IllegalStateException.class, () -> skb.put(5000));
        skb.consume(done, cpu);
    }

    @Test
    @Mechanism("A2")
    void lengthIsHeadPlusFragmentsAndMetadataTouchesNoByte() {
        SkBuff skb = filled(64, 100);
        assertTrue(skb.addFragPage(4096, cpu));
        long at = skb.appendToFrag(50);
        pool.memory().put8(at, 0x77);
        assertEquals(150, skb.length());
        assertEquals(50, skb.fragBytes());
        byte[] before = contents(skb);
        skb.mark(7);
        skb.priority(3);
        skb.cb(0, 99);
        skb.protocol(0x0800);
        assertArrayEquals(before, contents(skb));
        assertEquals(0x77, before[100]);
        skb.consume(done, cpu);
    }

    @Test
    @Mechanism("A3")
    void headerMarksStayWhereTheyWereSet() {
        SkBuff skb = filled(64, 60);
        skb.resetMacHeader();
        skb.pull(14);
        skb.resetNetworkHeader();
        skb.pull(20);
        skb.resetTransportHeader();
        assertEquals(14, skb.networkHeader() - skb.macHeader());
        assertEquals(34, skb.transportHeader() - skb.macHeader());
        skb.consume(done, cpu);
    }

    @Test
    @Mechanism("A9")
    void aCloneSharesBytesAndTheLastHolderFreesThem() {
        SkBuff skb = filled(64, 100);
        SkBuff clone = skb.clone(cpu);
        assertTrue(skb.isCloned());
        assertEquals(skb.dataAddress(), clone.dataAddress());
        skb.consume(done, cpu);
        assertFalse(clone.isCloned());
        assertEquals(100, contents(clone).length);
        clone.drop(lost, cpu);
        assertEquals(1, ledger.cloned());
        assertEquals(1L, ledger.dropped("LOST"));
    }

    @Test
    @Mechanism("A10")
    void aHeaderCopyLeavesTheSharedBytesAlone() {
        SkBuff skb = filled(64, 100);
        SkBuff held = skb.clone(cpu);
        SkBuff copy = skb.copyHead(64, cpu);
        assertNotNull(copy);
        copy.put8(copy.data(), 0xEE);
        assertEquals(0, held.get8(held.data()));
        for (SkBuff s : new SkBuff[] {skb, held, copy}) {
            s.consume(done, cpu);
        }
    }

    @Test
    @Mechanism({"A7", "A15"})
    void linearisingAndPullingKeepTheBytes() {
        SkBuff skb = filled(64, 10);
        assertTrue(skb.addFragPage(4096, cpu));
        long at = skb.appendToFrag(1000);
        for (int i = 0; i < 1000; i++) {
            pool.memory().put8(at + i, i * 3);
        }
        byte[] before = contents(skb);
        assertFalse(skb.mayPull(1011, cpu));
        assertTrue(skb.mayPull(40, cpu));
        assertTrue(skb.headLength() >= 40);
        assertArrayEquals(before, contents(skb));
        assertTrue(skb.linearise(cpu));
        assertEquals(0, skb.frags());
        assertArrayEquals(before, contents(skb));
        assertTrue(ledger.copies() > 0);
        skb.consume(done, cpu);
    }

    @Test
    void splittingAndAbsorbingAreInverse() {
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 200; i++) {
            SkBuff skb = filled(64, 400);
            byte[] before = contents(skb);
            int cut = random.nextInt(401);
            SkBuff rest = skb.split(cut, 64, cpu);
            assertNotNull(rest);
            assertEquals(cut, skb.length());
            assertEquals(400 - cut, rest.length());
            assertTrue(skb.absorb(rest, 0, done, cpu));
            assertArrayEquals(before, contents(skb));
            skb.consume(done, cpu);
        }
        assertEquals(200, ledger.split());
    }

    @Test
    @Mechanism("A6")
    void sumsOverFragmentsEqualSumsOverOneArea() {
        SkBuff skb = filled(64, 37);
        assertTrue(skb.addFragPage(512, cpu));
        long at = skb.appendToFrag(101);
        for (int i = 0; i < 101; i++) {
            pool.memory().put8(at + i, i * 7);
        }
        int scattered = skb.sum(3, 130);
        SkBuff linear = skb.copy(0, cpu);
        assertNotNull(linear);
        assertEquals(linear.sum(3, 130), scattered);
        linear.consume(done, cpu);
        skb.consume(done, cpu);
    }

    @Test
    @Mechanism("A13")
    void steadyUseMakesNoNewObjects() {
        for (int i = 0; i < 1000; i++) {
            alloc(1500).consume(done, cpu);
        }
        int made = pool.made();
        for (int i = 0; i < 100_000; i++) {
            alloc(1500).consume(done, cpu);
        }
        assertEquals(made, pool.made());
        assertTrue(pool.hits() > 99_000);
    }

    @Test
    void usedUpMemoryGivesNullAndComesBack() {
        SkBuffQueue all = new SkBuffQueue();
        for (SkBuff s = pool.alloc(2000, cpu); s != null; s = pool.alloc(2000, cpu)) {
            all.addTail(s);
        }
        assertTrue(all.length() > 1000);
        assertTrue(ledger.failedAllocations() > 0);
        all.dropAll(lost, cpu);
        // Another size can use what that size has given back.
        SkBuff big = pool.alloc(30_000, cpu);
        assertNotNull(big);
        big.consume(done, cpu);
    }

    @Test
    void freeingTwiceIsABugThatIsTold() {
        SkBuff skb = alloc(100);
        skb.consume(done, cpu);
        assertThrows(IllegalStateException.class, () -> skb.drop(lost, cpu));
        assertNull(new SkBuffQueue().poll());
    }

    @Test
    @Mechanism("A8")
    void queuesKeepTheirInvariantsUnderRandomUse() {
        SkBuffQueue q = new SkBuffQueue();
        java.util.ArrayDeque<SkBuff> model = new java.util.ArrayDeque<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 5000; i++) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    SkBuff s = alloc(64);
                    q.addTail(s);
                    model.addLast(s);
                }
                case 1 -> {
                    SkBuff s = alloc(64);
                    q.addHead(s);
                    model.addFirst(s);
                }
                case 2 -> endOne(q.poll(), model.pollFirst());
                default -> endOne(q.pollTail(), model.pollLast());
            }
            assertEquals(model.size(), q.length());
            assertEquals(model.peekFirst(), q.peek());
        }
        q.dropAll(lost, cpu);
    }

    private void endOne(
            @org.jspecify.annotations.Nullable SkBuff actual, @org.jspecify.annotations.Nullable SkBuff wanted) {
        assertEquals(wanted, actual);
        if (actual != null) {
            actual.consume(done, cpu);
        }
    }

    @Test
    void anOwnerIsToldOnceWhenThePacketIsFreed() {
        int[] told = new int[1];
        SkBuff skb = alloc(500);
        int truesize = skb.truesize();
        skb.owner((s, c) -> told[0] += s.truesize());
        skb.consume(done, cpu);
        assertEquals(truesize, told[0]);
    }
}

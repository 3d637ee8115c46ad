package dev.netstack4j.proto.ipv4.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.proto.ipv4.rig.Packets;
import dev.netstack4j.proto.ipv4.rig.Rig;
import org.junit.jupiter.api.Test;

/// A steady flow in and out makes no garbage.
class SteadyInputTest {
    private final Rig rig = new Rig();

    @Test
    void steadyTrafficAllocatesNothing() {
        byte[] ping = Packets.packet()
                .protocol(1)
                .payload(Packets.icmp(8, 0, 1, new byte[56]))
                .bytes();
        ping(ping, 60_000);
        int made = rig.host.pool().made();
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        ping(ping, 10_000);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(made, rig.host.pool().made());
        assertTrue(bytes < 10_000 * 8, "allocated " + bytes + " bytes for 10000 packets");
        rig.assertNoLeak();
    }

    private void ping(byte[] ping, int times) {
        for (int i = 0; i < times; i++) {
            SkBuff skb = rig.host.pool().alloc(200, rig.cpu());
            if (skb == null) {
                throw new AssertionError("no memory");
            }
            skb.reserve(64);
            skb.write(skb.put(ping.length), ping, 0, ping.length);
            // As from a device that checks: summing in software costs a slice of memory.
            skb.checksumState(ChecksumState.UNNECESSARY);
            rig.receive(skb, rig.eth0);
            rig.netfilter.passed().clear();
            endSent();
        }
    }

    private void endSent() {
        for (SkBuff skb = rig.neighbours.sent().poll();
                skb != null;
                skb = rig.neighbours.sent().poll()) {
            rig.done(skb);
        }
    }
}

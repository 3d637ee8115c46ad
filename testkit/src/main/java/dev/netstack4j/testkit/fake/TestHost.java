package dev.netstack4j.testkit.fake;

import dev.netstack4j.api.buffer.PacketLedger;
import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.Timers;
import java.lang.foreign.Arena;

/// One host for unit tests: a CPU, memory, packets and time that moves when told.
public final class TestHost {
    private static final int MEMORY_BYTES = 8 << 20;

    private final FakeTime time = new FakeTime();
    private final FakeCpu cpu = new FakeCpu(0, time);
    private final PacketLedger ledger = new PacketLedger(1);
    private final SkBuffPool pool;
    private final FakeCounters counters = new FakeCounters();
    private final FakeSysctls sysctls = new FakeSysctls();
    private final FakeRandom random;
    private final FakeSync sync = new FakeSync();

    /// A host with 8 MiB of memory.
    public TestHost() {
        this(Arena.ofAuto(), MEMORY_BYTES, 1);
    }

    /// A host whose memory ends with an arena.
    ///
    /// @param memoryBytes a multiple of 64 KiB
    /// @param seed        of its randomness
    public TestHost(Arena arena, int memoryBytes, long seed) {
        time.cpu(cpu);
        random = new FakeRandom(seed);
        PhysicalMemory memory = new PhysicalMemory(arena.allocate(memoryBytes, 65536), 0);
        pool = new SkBuffPool(memory, 1, ledger);
    }

    /// The CPU, in softirq context unless changed.
    public FakeCpu cpu() {
        return cpu;
    }

    /// Packets.
    public SkBuffPool pool() {
        return pool;
    }

    /// Their ledger; also the registry of reasons.
    public PacketLedger ledger() {
        return ledger;
    }

    /// Time.
    public Clock clock() {
        return time;
    }

    /// Timers, fired by [#advance].
    public Timers timers() {
        return time;
    }

    /// Locks and bits for one thread.
    public Sync sync() {
        return sync;
    }

    /// Seeded randomness.
    public FakeRandom random() {
        return random;
    }

    /// Counters.
    public FakeCounters counters() {
        return counters;
    }

    /// Settings.
    public FakeSysctls sysctls() {
        return sysctls;
    }

    /// Moves time and fires what becomes due, each timer at its own instant.
    public void advance(long nanos) {
        time.advance(nanos);
    }

    /// A packet of these bytes, with 64 bytes of headroom.
    public SkBuff packet(byte[] bytes) {
        SkBuff skb = pool.alloc(bytes.length + 64, cpu);
        if (skb == null) {
            throw new IllegalStateException("the test host has no memory left");
        }
        skb.reserve(64);
        skb.write(skb.put(bytes.length), bytes, 0, bytes.length);
        return skb;
    }

    /// All bytes of a packet.
    public byte[] bytes(SkBuff skb) {
        byte[] bytes = new byte[skb.length()];
        skb.read(0, bytes, 0, bytes.length);
        return bytes;
    }

    /// Fails when a packet is alive or the ledger does not balance.
    public void assertNoLeak() {
        if (pool.live() != 0 || !pool.isBalanced()) {
            throw new AssertionError("leaked packets: " + pool.liveSkBuffs() + "; ledger: dropped " + ledger.dropped()
                    + ", consumed " + ledger.consumed());
        }
    }
}

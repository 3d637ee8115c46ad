package dev.netstack4j.proto.ipv4.fragment;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.proto.ipv4.accounting.IpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.header.IcmpHeader;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.icmp.IcmpErrors;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Puts fragments together. Overlaps end the whole datagram, exact repetitions are ignored. Bounded in time (one timer,
/// as all wait equally long) and in memory (the oldest give way). Softirq context.
@Rfc({"791#3.2", "5722"})
@Linux("net/ipv4/ip_fragment.c#ip_defrag")
public final class Reassembly {
    private static final int SENDERS = 256;
    private static final long SECOND = 1_000_000_000L;

    private final SpinLock lock;
    private final DatagramTable table;
    private final int[] bySender = new int[SENDERS];
    private final Assembler assembler;
    private final IcmpErrors icmp;
    private final Clock clock;
    private final Timer timer;
    private final IpCounters counters;
    private final IpReasons reasons;
    private final Sysctl mostMemory;
    private final Sysctl memoryAfterwards;
    private final Sysctl time;
    private final Sysctl mostDistance;

    /// Empty.
    @Inject
    public Reassembly(
            Assembler assembler,
            IcmpErrors icmp,
            Clock clock,
            Timers timers,
            Sync sync,
            RandomStreams random,
            Sysctls sysctls,
            IpCounters counters,
            IpReasons reasons) {
        this.assembler = assembler;
        this.icmp = icmp;
        this.clock = clock;
        this.counters = counters;
        this.reasons = reasons;
        lock = sync.spinLock("ipv4-fragments");
        table = new DatagramTable((int) random.stream("ipv4.fragments").nextLong());
        timer = timers.coarse("ipv4-fragments", this::expire);
        mostMemory = sysctls.declare(
                "net.ipv4.ipfrag_high_thresh",
                4 << 20,
                0,
                Integer.MAX_VALUE,
                "most memory of waiting fragments, bytes");
        memoryAfterwards = sysctls.declare(
                "net.ipv4.ipfrag_low_thresh",
                3 << 20,
                0,
                Integer.MAX_VALUE,
                "memory of waiting fragments after the oldest gave way, bytes");
        time = sysctls.declare("net.ipv4.ipfrag_time", 30, 1, 3600, "how long fragments wait, seconds");
        mostDistance = sysctls.declare(
                "net.ipv4.ipfrag_max_dist",
                64,
                0,
                1 << 20,
                "other fragments of a sender between two of one datagram; 0 for any number");
    }

    /// Takes a fragment, network header first, trimmed to its length.
    ///
    /// @return the whole datagram when this was the last one missing, otherwise null
    public @Nullable SkBuff defrag(SkBuff skb, Cpu cpu) {
        counters.reasmRequired.increment(cpu);
        int at = skb.networkHeader();
        int headerLength = Ipv4Header.headerLength(skb, at);
        int word = Ipv4Header.fragmentWord(skb, at);
        boolean more = (word & Ipv4Header.MF) != 0;
        int start = (word & Ipv4Header.OFFSET) << 3;
        int length = skb.length() - headerLength;
        if (more && (length & 7) != 0) {
            // Only whole units of eight count.
            length &= ~7;
            skb.trim(headerLength + length, cpu);
        }
        if (length <= 0 || start + length + headerLength > Ipv4Header.MOST_PACKET) {
            counters.reasmFails.increment(cpu);
            skb.drop(reasons.fragmentBad, cpu);
            return null;
        }
        makeRoom(cpu);
        return add(skb, at, start, start + length, more, cpu);
    }

    private @Nullable SkBuff add(SkBuff skb, int at, int start, int stop, boolean more, Cpu cpu) {
        int source = Ipv4Header.source(skb, at);
        Datagram spare = table.hasFree() ? null : new Datagram();
        long deadline = cpu.nowNanos() + time.get() * SECOND;
        lock.lock();
        if (spare != null) {
            table.addFree(spare);
        }
        Datagram d = find(skb, at, source, deadline);
        if (d == null) {
            lock.unlock();
            skb.drop(reasons.noMemory, cpu);
            return null;
        }
        int charged = d.memory;
        boolean far = isTooFar(d, source);
        Datagram.Result result = far ? Datagram.Result.OVERLAP : d.add(skb, start, stop, more);
        table.charge(d.memory - charged);
        if (result == Datagram.Result.COMPLETE || result == Datagram.Result.OVERLAP) {
            table.remove(d);
        }
        lock.unlock();
        armTimer(deadline, cpu);
        return finish(d, skb, result, far, cpu);
    }

    private @Nullable Datagram find(SkBuff skb, int at, int source, long deadline) {
        int destination = Ipv4Header.destination(skb, at);
        int ident = Ipv4Header.ident(skb, at);
        int protocol = Ipv4Header.protocol(skb, at);
        Datagram d = table.find(source, destination, ident, protocol);
        if (d == null && table.hasFree()) {
            d = table.begin(source, destination, ident, protocol, deadline);
            d.distance = bySender[sender(source)];
        }
        return d;
    }

    private static int sender(int source) {
        int h = source * 0x9E37_79B1;
        return h >>> 24;
    }

    /// Whether so many other fragments of the sender came in between that its identifications may have come round.
    @Linux("net/ipv4/ip_fragment.c#ip_frag_too_far")
    private boolean isTooFar(Datagram d, int source) {
        int most = mostDistance.get();
        int now = ++bySender[sender(source)];
        int since = now - d.distance;
        d.distance = now;
        return most > 0 && !d.fragments.isEmpty() && since > most;
    }

    private @Nullable SkBuff finish(Datagram d, SkBuff skb, Datagram.Result result, boolean far, Cpu cpu) {
        return switch (result) {
            case KEPT -> null;
            case DUPLICATE -> {
                skb.drop(reasons.fragmentDuplicate, cpu);
                yield null;
            }
            case OVERLAP -> {
                skb.drop(far ? reasons.fragmentDistance : reasons.fragmentOverlap, cpu);
                end(d, far ? reasons.fragmentDistance : reasons.fragmentOverlap, cpu);
                yield null;
            }
            case COMPLETE -> {
                SkBuff whole = assembler.join(d.fragments, d.payloadLength(), cpu);
                (whole == null ? counters.reasmFails : counters.reasmOk).increment(cpu);
                recycle(d);
                yield whole;
            }
        };
    }

    /// Drops what an unlinked datagram holds.
    private void end(Datagram d, DropReason reason, Cpu cpu) {
        counters.reasmFails.increment(cpu);
        d.fragments.dropAll(reason, cpu);
        recycle(d);
    }

    private void recycle(Datagram d) {
        lock.lock();
        table.addFree(d);
        lock.unlock();
    }

    /// When memory is over the limit, the oldest datagrams end until it is below the lower one.
    private void makeRoom(Cpu cpu) {
        if (table.memory() <= mostMemory.get()) {
            return;
        }
        int goal = Math.min(memoryAfterwards.get(), mostMemory.get());
        for (Datagram d = takeOldest(Long.MAX_VALUE, goal); d != null; d = takeOldest(Long.MAX_VALUE, goal)) {
            end(d, reasons.fragmentEvicted, cpu);
        }
    }

    /// Unlinks the oldest datagram if its time is over and memory is above `goal`.
    private @Nullable Datagram takeOldest(long now, int goal) {
        lock.lock();
        Datagram d = table.oldest();
        boolean take = d != null && d.expiresNanos <= now && table.memory() > goal;
        if (take && d != null) {
            table.remove(d);
        }
        lock.unlock();
        return take ? d : null;
    }

    @Linux("net/ipv4/ip_fragment.c#ip_expire")
    private void expire(Cpu cpu) {
        long now = clock.nanos();
        for (Datagram d = takeOldest(now, -1); d != null; d = takeOldest(now, -1)) {
            counters.reasmTimeout.increment(cpu);
            SkBuff first = d.first();
            if (first != null) {
                icmp.send(first, IcmpHeader.TIME_EXCEEDED, IcmpHeader.REASSEMBLY, 0, cpu);
            }
            end(d, reasons.fragmentTimeout, cpu);
        }
        lock.lock();
        Datagram next = table.oldest();
        long deadline = next == null ? -1 : next.expiresNanos;
        lock.unlock();
        if (deadline >= 0) {
            timer.arm(deadline, cpu);
        }
    }

    private void armTimer(long deadline, Cpu cpu) {
        if (!timer.isArmed()) {
            timer.arm(deadline, cpu);
        }
    }

    /// Drops everything that waits. When the stack stops.
    public void dropAll(Cpu cpu) {
        for (Datagram d = takeOldest(Long.MAX_VALUE, -1); d != null; d = takeOldest(Long.MAX_VALUE, -1)) {
            end(d, reasons.stopped, cpu);
        }
    }
}

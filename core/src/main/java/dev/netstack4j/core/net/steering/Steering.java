package dev.netstack4j.core.net.steering;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.api.statistics.Counters;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Chooses the CPU for a received packet and leaves it there. A flow goes to another CPU only when the last packet that
/// went to the old one has gone up, so none is overtaken; unlike Linux this also holds for a flow that was spread by
/// its hash before its reader was known.
@Singleton
@Linux("net/core/dev.c#get_rps_cpu")
public final class Steering {
    private static final int NOWHERE = -1;
    private static final QueueSteering[] NOTHING = {};

    private final Cpus cpus;
    private final SteeredRow[] rows;
    private final SockFlowTable readers;
    private final FlowHash flowHash;
    private final Sysctl most;
    private final Counter dropped;
    private final Counter steered;
    private final DropReason full;
    /// By interface index, then queue; empty while nothing is steered. Republished under the control lock.
    private volatile QueueSteering[][] devices = {};

    /// Injected.
    @Inject
    public Steering(
            Cpus cpus,
            Sync sync,
            SockFlowTable readers,
            FlowHash flowHash,
            Sysctls sysctls,
            Counters counters,
            PacketReasons reasons) {
        this.cpus = cpus;
        this.readers = readers;
        this.flowHash = flowHash;
        rows = new SteeredRow[cpus.count()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new SteeredRow(sync.spinLock("steered " + i));
        }
        most = sysctls.declare(
                "net.core.netdev_max_backlog", 1000, 0, Integer.MAX_VALUE, "frames that one CPU's backlog holds");
        dropped = counters.counter("Softnet.Dropped");
        steered = counters.counter("Softnet.ReceivedRps");
        full = reasons.drop("NET_BACKLOG_FULL", "the CPU's backlog was full");
    }

    // ---- settings

    /// The settings of a queue.
    QueueSteering of(int ifIndex, int queue) {
        QueueSteering[][] all = devices;
        QueueSteering[] queues = ifIndex < all.length ? all[ifIndex] : NOTHING;
        return queue < queues.length ? queues[queue] : QueueSteering.NONE;
    }

    /// Publishes the settings of a queue. Under the control lock.
    void set(int ifIndex, int queue, QueueSteering wanted) {
        QueueSteering[][] all = devices.clone();
        int before = all.length;
        all = Arrays.copyOf(all, Math.max(before, ifIndex + 1));
        Arrays.fill(all, before, all.length, NOTHING);
        QueueSteering[] queues = Arrays.copyOf(all[ifIndex], Math.max(all[ifIndex].length, queue + 1));
        Arrays.fill(queues, all[ifIndex].length, queues.length, QueueSteering.NONE);
        queues[queue] = wanted;
        all[ifIndex] = queues;
        devices = isOff(all) ? new QueueSteering[0][] : all;
    }

    private static boolean isOff(QueueSteering[][] all) {
        return Arrays.stream(all).flatMap(Arrays::stream).allMatch(QueueSteering::isOff);
    }

    // ---- the data path

    /// Leaves a packet for the CPU that is to take it further, if somebody set that.
    ///
    /// @return false: it is the caller's still, who goes on with it
    public boolean takes(SkBuff skb, Cpu cpu) {
        if (devices.length == 0) {
            return false;
        }
        NetDevice device = skb.dev();
        QueueSteering queue = device == null ? QueueSteering.NONE : of(device.ifIndex(), skb.queueMapping());
        int hash = queue.isOff() ? 0 : hashOf(skb);
        int target = hash == 0 ? NOWHERE : target(queue, hash);
        if (target < 0) {
            return false;
        }
        leave(skb, queue, hash, target, cpu);
        return true;
    }

    private int hashOf(SkBuff skb) {
        if (skb.hash() == 0 && FlowHash.isIpv4(skb, skb.data())) {
            skb.hash(flowHash.ofIpv4(skb, skb.data()), FlowHash.coversPorts(skb, skb.data()));
        }
        return skb.hash();
    }

    private int target(QueueSteering queue, int hash) {
        if (queue.flows == 0 || !readers.isOn()) {
            return queue.byHash(hash);
        }
        int reader = readers.cpuOf(hash);
        int wanted = reader >= 0 ? reader : queue.byHash(hash);
        int last = queue.lastCpu(hash);
        boolean stays = last >= 0 && last != wanted && !rows[last].isPast(queue.lastPlace(hash));
        return stays ? last : wanted;
    }

    private void leave(SkBuff skb, QueueSteering queue, int hash, int target, Cpu cpu) {
        long place = rows[target].add(skb, most.get());
        if (place < 0) {
            dropped.increment(cpu);
            skb.drop(full, cpu);
            return;
        }
        if (queue.flows > 0) {
            queue.sent(hash, target, (int) place);
        }
        steered.increment(cpu);
        cpus.raiseOn(target, SoftIrqVector.NET_RX);
    }

    // ---- the CPU that takes them

    /// Whether packets wait for the CPU.
    public boolean hasPackets(int cpuId) {
        return !rows[cpuId].isEmpty();
    }

    /// The next packet that waits for the CPU, or null.
    public @Nullable SkBuff poll(int cpuId) {
        return rows[cpuId].poll();
    }

    /// So many packets of [#poll] have gone up.
    public void done(int cpuId, int count) {
        rows[cpuId].done(count);
    }
}

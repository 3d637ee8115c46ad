package dev.netstack4j.core.net.steering;

import dev.netstack4j.api.doc.Linux;

/// The settings of one receive queue, and where its flows went last. Settings are fixed; the flows are written by
/// whoever polls the queue.
@Linux("include/net/rps.h#rps_dev_flow_table")
final class QueueSteering {
    static final QueueSteering NONE = new QueueSteering(0, 0);

    private static final int NOWHERE = -1;

    final long mask;
    final int flows;
    private final int[] cpus;
    private final int[] lastCpu;
    private final int[] lastPlace;

    /// @param mask  CPUs to spread over
    /// @param flows how many flows are followed to their readers, a power of two, or 0
    QueueSteering(long mask, int flows) {
        this.mask = mask;
        this.flows = flows;
        cpus = new int[Long.bitCount(mask)];
        long rest = mask;
        for (int i = 0; i < cpus.length; i++, rest &= rest - 1) {
            cpus[i] = Long.numberOfTrailingZeros(rest);
        }
        lastCpu = new int[flows];
        lastPlace = new int[flows];
        java.util.Arrays.fill(lastCpu, NOWHERE);
    }

    QueueSteering withMask(long newMask) {
        return new QueueSteering(newMask, flows);
    }

    QueueSteering withFlows(int newFlows) {
        return new QueueSteering(mask, newFlows);
    }

    boolean isOff() {
        return mask == 0 && flows == 0;
    }

    /// The CPU that a flow's hash chooses among those of the mask; -1 when there is none.
    int byHash(int hash) {
        return cpus.length == 0 ? NOWHERE : cpus[(int) (Integer.toUnsignedLong(hash) * cpus.length >>> 32)];
    }

    /// The CPU of the flow's last packet; -1 when there was none.
    int lastCpu(int hash) {
        return lastCpu[hash & flows - 1];
    }

    /// Where that packet stands in the row of its CPU.
    int lastPlace(int hash) {
        return lastPlace[hash & flows - 1];
    }

    void sent(int hash, int cpu, int place) {
        lastCpu[hash & flows - 1] = cpu;
        lastPlace[hash & flows - 1] = place;
    }
}

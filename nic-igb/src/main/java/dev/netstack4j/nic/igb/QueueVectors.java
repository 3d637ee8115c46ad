package dev.netstack4j.nic.igb;

import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.runtime.Cpu;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The interrupts of one device with a polling context for each queue pair, and on which CPU each pair is handled.
/// Process context under the control lock.
final class QueueVectors {
    private static final int NAPI_WEIGHT = 64;

    private final PciDevice pdev;
    private final int cpuCount;
    private final int[] cpus = new int[IgbOptions.MOST_QUEUES];
    private final List<Napi> napis = new ArrayList<>();
    private @Nullable InterruptScheme scheme;
    private @Nullable NetDevice device;
    private QueuePoll poll = (queue, napi, budget, cpu) -> 0;
    private IntConsumer changed = queues -> {};
    private int wanted = 1;

    /// Polls queue pair `queue`.
    @FunctionalInterface
    interface QueuePoll {
        int poll(int queue, Napi napi, int budget, Cpu cpu);
    }

    /// @param cpuCount CPUs of the stack: pairs are spread over them until somebody chooses otherwise
    QueueVectors(PciDevice pdev, int cpuCount) {
        this.pdev = pdev;
        this.cpuCount = cpuCount;
        for (int q = 0; q < cpus.length; q++) {
            cpus[q] = q % cpuCount;
        }
    }

    /// For which device, by which poll; `queuesChanged` hears of every new number of pairs.
    void serve(NetDevice dev, QueuePoll queuePoll, IntConsumer queuesChanged) {
        device = dev;
        poll = queuePoll;
        changed = queuesChanged;
    }

    /// Takes vectors for up to so many pairs, unless it has some.
    void ensure(int pairs) throws NetException {
        wanted = pairs;
        if (scheme == null) {
            adopt(InterruptScheme.best(pdev, pairs));
        }
    }

    private void adopt(InterruptScheme taken) {
        NetDevice dev = device;
        if (dev == null) {
            throw new IllegalStateException("vectors are taken after the network device was made");
        }
        scheme = taken;
        changed.accept(taken.queues());
        applyCpus();
        for (int q = 0; q < taken.queues(); q++) {
            int queue = q;
            napis.add(dev.addNapi(
                    "igb-" + q, (context, budget, cpu) -> poll.poll(queue, context, budget, cpu), NAPI_WEIGHT));
        }
    }

    /// Goes to the next kind of interrupt; all of the present one is given back first. When there is none, the best is
    /// taken again, for the next opening to try.
    ///
    /// @throws NetException when there is none, or it is not granted
    void fallBack(IrqRefused refused) throws NetException {
        InterruptScheme now = scheme();
        if (!now.hasFallback()) {
            release();
            ensure(wanted);
            throw refused.why();
        }
        removeNapis();
        scheme = null;
        adopt(now.fallBack(pdev));
    }

    /// Gives everything back.
    void release() {
        removeNapis();
        InterruptScheme now = scheme;
        scheme = null;
        if (now != null) {
            now.free();
        }
    }

    private void removeNapis() {
        napis.forEach(Napi::remove);
        napis.clear();
    }

    InterruptScheme scheme() {
        InterruptScheme now = scheme;
        if (now == null) {
            throw new IllegalStateException("the device has no interrupt vectors");
        }
        return now;
    }

    boolean isMultiple() {
        return scheme().isMultiple();
    }

    /// Queue pairs; 0 while there are no vectors.
    int queues() {
        InterruptScheme now = scheme;
        return now == null ? 0 : now.queues();
    }

    Napi napi(int queue) {
        return napis.get(queue);
    }

    PciDevice device() {
        return pdev;
    }

    DmaMapper dma() {
        return pdev.dma();
    }

    // ---- CPUs

    /// Sends each vector to its CPU. Later on it may be moved by whoever wants to.
    private void applyCpus() {
        for (int q = 0; q < queues(); q++) {
            scheme().irqOf(q).affinity(cpus[q]);
        }
    }

    int cpu(int queue) throws NetException {
        check(queue);
        return scheme().irqOf(queue).affinity();
    }

    void cpu(int queue, int cpuId) throws NetException {
        check(queue);
        if (cpuId < 0 || cpuId >= cpuCount) {
            throw new NetException(
                    Errno.EINVAL, "move queue " + queue + " to CPU " + cpuId + " (there are " + cpuCount + ")");
        }
        cpus[queue] = cpuId;
        scheme().irqOf(queue).affinity(cpuId);
    }

    private void check(int queue) throws NetException {
        if (queue < 0 || queue >= queues()) {
            throw new NetException(Errno.EINVAL, "find queue pair " + queue + " (there are " + queues() + ")");
        }
    }
}

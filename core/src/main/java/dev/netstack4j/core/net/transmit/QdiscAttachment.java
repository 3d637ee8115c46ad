package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.qdisc.QdiscStats;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.core.net.device.Device;
import dev.netstack4j.core.net.device.DeviceTxQueue;
import dev.netstack4j.core.net.device.QdiscChoice;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts qdiscs at transmit queues, and replaces them under traffic. Process context under the control lock, holding no
/// CPU unless said otherwise.
@Singleton
public final class QdiscAttachment {
    private final QdiscKinds kinds;
    private final DirectTransmit direct;
    private final Cpus cpus;

    /// Injected.
    @Inject
    public QdiscAttachment(QdiscKinds kinds, DirectTransmit direct, Cpus cpus) {
        this.kinds = kinds;
        this.direct = direct;
        this.cpus = cpus;
    }

    /// Gives every transmit queue in use the device's qdisc, if it has none yet, and lets packets in.
    @Linux("net/sched/sch_generic.c#dev_activate")
    public void activate(Device device) throws NetException {
        QdiscChoice choice = choiceOf(device);
        for (int i = 0; i < device.config().txQueues(); i++) {
            DeviceTxQueue queue = device.txQueue(i);
            if (queue.discipline() == null && !isNone(choice)) {
                queue.discipline(kinds.make(choice, queue));
            }
            forward(queue, true);
        }
    }

    /// Lets no packet in any more; those inside stay.
    @Linux("net/sched/sch_generic.c#dev_deactivate_many")
    public void deactivate(Device device) {
        for (DeviceTxQueue queue : device.everyQueue()) {
            forward(queue, false);
        }
    }

    private static void forward(DeviceTxQueue queue, boolean active) {
        AttachedQdisc qdisc = at(queue);
        if (qdisc != null) {
            qdisc.active(active);
        }
    }

    /// Drops the packets of all queues. Inactive, after a grace period, on `cpu`.
    public void reset(Device device, Cpu cpu) {
        for (DeviceTxQueue queue : device.everyQueue()) {
            AttachedQdisc qdisc = at(queue);
            if (qdisc != null) {
                qdisc.reset(cpu);
            }
        }
    }

    /// Drops the packets of the queues from `first` on. Inactive, after a grace period, on `cpu`.
    public void resetBeyond(Device device, int first, Cpu cpu) {
        for (DeviceTxQueue queue : device.everyQueue()) {
            AttachedQdisc qdisc = queue.index() < first ? null : at(queue);
            if (qdisc != null) {
                qdisc.reset(cpu);
            }
        }
    }

    /// Puts another qdisc at every transmit queue. All are made before the first one is replaced.
    public void replace(Device device, QdiscChoice choice) throws NetException {
        int count = device.config().txQueues();
        List<@Nullable AttachedQdisc> fresh = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fresh.add(isNone(choice) ? null : kinds.make(choice, device.txQueue(i)));
        }
        device.qdiscChoice(choice);
        for (int i = 0; i < count; i++) {
            replace(device.txQueue(i), fresh.get(i), device.isUp());
        }
    }

    private void replace(DeviceTxQueue queue, @Nullable AttachedQdisc next, boolean active) {
        AttachedQdisc old = at(queue);
        if (next != null) {
            next.active(active);
        }
        if (old == null) {
            queue.discipline(next);
            cpus.synchronizeNet();
            return;
        }
        while (!old.claimRun()) {
            cpus.synchronizeNet(); // somebody sends; it ends within its quota
        }
        move(old, next, queue);
        cpus.synchronizeNet();
        discard(old);
    }

    private void move(AttachedQdisc old, @Nullable AttachedQdisc next, DeviceTxQueue queue) {
        Cpu cpu = cpus.enter();
        try {
            if (next != null) {
                old.replaceBy(next, cpu);
                next.schedule(cpu);
            } else {
                sendAll(old, queue, cpu);
            }
        } finally {
            cpus.leave(cpu);
        }
    }

    /// Without a successor what is queued goes to the driver first; what it has no room for is dropped.
    private void sendAll(AttachedQdisc old, DeviceTxQueue queue, Cpu cpu) {
        SkBuffQueue left = new SkBuffQueue();
        do {
            old.drainInto(left, cpu);
            for (SkBuff skb = left.poll(); skb != null; skb = left.poll()) {
                direct.sendUnqueued(queue, skb, cpu);
            }
        } while (!old.replaceByNone());
    }

    private void discard(AttachedQdisc old) {
        Cpu cpu = cpus.enter();
        try {
            old.reset(cpu);
        } finally {
            cpus.leave(cpu);
        }
    }

    /// Takes all qdiscs away, of a device that is down.
    public void detach(Device device) {
        for (DeviceTxQueue queue : device.everyQueue()) {
            AttachedQdisc old = at(queue);
            queue.discipline(null);
            if (old != null) {
                discard(old);
            }
        }
    }

    /// Changes the options of a device's qdiscs.
    ///
    /// @throws NetException EOPNOTSUPP without a qdisc or with one that cannot; EINVAL for bad options
    public void change(Device device, Options options) throws NetException {
        QdiscChoice choice = choiceOf(device);
        if (isNone(choice)) {
            throw new NetException(Errno.EOPNOTSUPP, "change the qdisc of " + device + ", which has none");
        }
        for (int i = 0; i < device.config().txQueues(); i++) {
            change(at(device.txQueue(i)), options);
        }
        device.qdiscChoice(new QdiscChoice(choice.kind(), options));
    }

    private void change(@Nullable AttachedQdisc qdisc, Options options) throws NetException {
        if (qdisc == null) {
            return; // never opened: it gets the options then
        }
        Cpu cpu = cpus.enter();
        try {
            qdisc.change(options, cpu);
        } finally {
            cpus.leave(cpu);
        }
    }

    /// What the qdiscs of a device have counted.
    public List<QdiscStats> stats(Device device) {
        List<QdiscStats> all = new ArrayList<>();
        for (int i = 0; i < device.config().txQueues(); i++) {
            AttachedQdisc qdisc = at(device.txQueue(i));
            all.add(qdisc == null ? QdiscCounts.NOQUEUE : qdisc.stats());
        }
        return all;
    }

    /// The qdisc at a queue, or null.
    public static @Nullable AttachedQdisc at(DeviceTxQueue queue) {
        return queue.discipline() instanceof AttachedQdisc q ? q : null;
    }

    /// The qdisc that a device has or will get.
    public QdiscChoice choiceOf(Device device) {
        QdiscChoice chosen = device.qdiscChoice();
        return chosen == null ? kinds.defaultFor(device) : chosen;
    }

    private static boolean isNone(QdiscChoice choice) {
        return choice.kind().equals(QdiscKinds.NOQUEUE);
    }
}

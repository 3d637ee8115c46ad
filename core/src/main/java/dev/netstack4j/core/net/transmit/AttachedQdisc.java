package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscStats;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.core.net.device.DeviceTxQueue;
import dev.netstack4j.core.net.device.Discipline;
import dev.netstack4j.core.net.failure.FailureSite;
import org.jspecify.annotations.Nullable;

/// A qdisc at its transmit queue. Any CPU enqueues; one at a time, the runner, moves packets to the driver, so that
/// they leave in the order in which the qdisc gave them. What the driver refuses waits here, before everything in the
/// qdisc.
///
/// Guarded by the lock: the qdisc, `running`, `refused` and the counts. `batch` belongs to the runner.
@Linux("net/sched/sch_generic.c#__qdisc_run")
public final class AttachedQdisc extends Discipline {
    /// Packets that one run moves before others get their turn.
    static final int QUOTA = 64;
    /// Packets that go to the driver under one lock, with one doorbell.
    static final int BULK = 8;
    private static final int BULK_BYTES = 128 << 10;

    @Nullable
    AttachedQdisc nextScheduled; // the CPU's whose list it is in

    private final String kind;
    private final Qdisc qdisc;
    private final boolean mayBypass;
    private final DeviceTxQueue queue;
    private final QdiscServices services;
    private final FailureSite site;
    private final SpinLock lock;
    private final AtomicBits scheduled;
    private final RetryTimer retry;
    private final WatchdogTimer watchdog;
    private final SkBuffQueue refused = new SkBuffQueue();
    private final SkBuffQueue batch = new SkBuffQueue();
    private final SkBuffQueue pieces = new SkBuffQueue();
    private boolean running;
    private boolean active = true;
    private boolean replaced;
    private long packets;
    private long bytes;
    private long drops;
    private long requeues;
    private long bypasses;

    /// @param context what the qdisc was made with
    AttachedQdisc(String kind, Qdisc qdisc, AttachmentContext context, QdiscServices services, FailureSite site) {
        this.kind = kind;
        this.qdisc = qdisc;
        this.queue = context.queue();
        this.services = services;
        this.site = site;
        mayBypass = qdisc.canBypass();
        lock = services.sync().spinLock("qdisc-" + kind);
        scheduled = services.sync().bits("qdisc-scheduled");
        retry = new RetryTimer(services.timers(), this::schedule);
        watchdog = context.timer();
        watchdog.wakes(this::schedule);
    }

    // ---- the way of a packet

    @Override
    public int xmit(SkBuff skb, Cpu cpu) {
        lock.lock();
        if (!active) {
            lock.unlock();
            return refuse(skb, cpu);
        }
        if (mayBypass && isIdle() && !queue.isStopped()) {
            running = true;
            bypasses++;
            countSent(skb);
            batch.addTail(skb);
            drain(cpu);
            return XmitResult.SUCCESS;
        }
        int result = enqueue(skb, cpu);
        if (running) {
            lock.unlock();
        } else {
            running = true;
            drain(cpu);
        }
        return result;
    }

    private int refuse(SkBuff skb, Cpu cpu) {
        if (replaced) {
            return REPLACED;
        }
        skb.drop(services.inactive(), cpu);
        return Errno.ENETDOWN.negative();
    }

    private boolean isIdle() {
        return !running && refused.isEmpty() && qdisc.length() == 0;
    }

    private int enqueue(SkBuff skb, Cpu cpu) {
        return skb.gsoSize() != 0 && skb.length() > qdisc.longestPacket() ? enqueueCut(skb, cpu) : enqueueOne(skb, cpu);
    }

    /// A packet that stands for several and is too long for the qdisc goes in in pieces. It counts as dropped only when
    /// all were: its sender keeps it then, and would not believe an acknowledgement of a piece.
    @Linux("net/sched/sch_tbf.c#tbf_segment")
    private int enqueueCut(SkBuff skb, Cpu cpu) {
        if (!services.cutter().cut(skb, queue.device().hasFeature(DeviceFeatures.SG), pieces, cpu)) {
            return enqueueOne(skb, cpu);
        }
        boolean all = true;
        int result = XmitResult.DROP;
        for (SkBuff piece = pieces.poll(); piece != null; piece = pieces.poll()) {
            int one = enqueueOne(piece, cpu);
            all &= one == XmitResult.SUCCESS;
            result = XmitResult.evaluate(one) == XmitResult.SUCCESS ? XmitResult.CN : result;
        }
        return all ? XmitResult.SUCCESS : result;
    }

    private int enqueueOne(SkBuff skb, Cpu cpu) {
        int handovers = skb.handovers();
        int result;
        try {
            result = qdisc.enqueue(skb, cpu);
        } catch (Throwable t) {
            site.failedWith(skb, handovers, "enqueue", t, cpu);
            result = XmitResult.DROP;
        }
        if (result == XmitResult.DROP) {
            drops++;
        }
        return result;
    }

    /// Has NET_TX run it. Any context.
    @Override
    public void schedule(Cpu cpu) {
        services.tx().schedule(this, cpu);
    }

    boolean claimSchedule() {
        return scheduled.getAndSet(1) == 0;
    }

    void releaseSchedule() {
        scheduled.set(0);
    }

    /// Sends what may be sent, unless somebody does. Softirq context.
    @Linux("include/net/pkt_sched.h#qdisc_run")
    void run(Cpu cpu) {
        lock.lock();
        if (running) {
            lock.unlock();
            return;
        }
        running = true;
        drain(cpu);
    }

    /// The runner's loop. Entered with the lock held and `running` set by the caller; left without both.
    private void drain(Cpu cpu) {
        int quota = QUOTA;
        while (true) {
            if (batch.isEmpty() && !fill(cpu)) {
                running = false;
                lock.unlock();
                return;
            }
            quota -= batch.length();
            lock.unlock();
            boolean all = services.direct().send(queue, batch, cpu);
            lock.lock();
            if (!all) {
                putBack(cpu);
                return;
            }
            retry.progress();
            if (quota <= 0) {
                yieldTo(cpu);
                return;
            }
        }
    }

    /// Takes packets for the driver: first those that it refused.
    ///
    /// @return whether there are any
    @Linux("net/sched/sch_generic.c#dequeue_skb")
    private boolean fill(Cpu cpu) {
        if (!active || queue.isStopped()) {
            return false;
        }
        if (!refused.isEmpty()) {
            batch.appendAll(refused);
            return true;
        }
        try {
            qdisc.dequeue(batch, BULK, BULK_BYTES, cpu);
        } catch (Throwable t) {
            site.failed("dequeue", t, cpu);
        }
        for (SkBuff skb = batch.peek(); skb != null; skb = skb.next()) {
            countSent(skb);
        }
        return !batch.isEmpty();
    }

    private void countSent(SkBuff skb) {
        packets++;
        bytes += skb.length();
    }

    /// The driver has no room: keeps the rest, in order. A stopped queue is woken by the driver; otherwise tries again
    /// soon.
    @Linux("net/sched/sch_generic.c#dev_requeue_skb")
    private void putBack(Cpu cpu) {
        requeues++;
        refused.appendAll(batch);
        running = false;
        if (active && !queue.isStopped()) {
            retry.soon(cpu); // under the lock: the next runner may be on another CPU
        }
        lock.unlock();
    }

    /// The quota is used up: others first.
    private void yieldTo(Cpu cpu) {
        running = false;
        boolean more = active && (!refused.isEmpty() || qdisc.length() > 0);
        lock.unlock();
        if (more) {
            schedule(cpu);
        }
    }

    // ---- control

    /// Lets packets through, or none: they are dropped at the entrance and stay where they are inside.
    void active(boolean value) {
        lock.lock();
        active = value;
        lock.unlock();
    }

    /// Drops everything. No runner is left: it is inactive and a grace period has passed.
    void reset(Cpu cpu) {
        watchdog.cancel(cpu);
        retry.cancel(cpu);
        lock.lock();
        refused.dropAll(services.inactive(), cpu);
        try {
            qdisc.reset(cpu);
        } catch (Throwable t) {
            site.failed("reset", t, cpu);
        }
        lock.unlock();
    }

    /// Keeps everybody else from being the runner.
    ///
    /// @return false while there is one
    boolean claimRun() {
        lock.lock();
        boolean free = !running;
        running = true;
        lock.unlock();
        return free;
    }

    /// Ends [#claimRun].
    void releaseRun(Cpu cpu) {
        lock.lock();
        running = false;
        lock.unlock();
        schedule(cpu);
    }

    /// Moves all packets out, in order. By who has claimed the run.
    void drainInto(SkBuffQueue into, Cpu cpu) {
        lock.lock();
        moveAll(into, cpu);
        lock.unlock();
    }

    private void moveAll(SkBuffQueue into, Cpu cpu) {
        into.appendAll(refused);
        try {
            qdisc.drain(into, cpu);
        } catch (Throwable t) {
            site.failed("drain", t, cpu);
        }
    }

    /// Hands everything over to a successor, at one moment: nobody enqueues here afterwards, and nobody there before
    /// the packets from here have got their place. By who has claimed the run.
    void replaceBy(AttachedQdisc successor, Cpu cpu) {
        SkBuffQueue moved = new SkBuffQueue();
        lock.lock();
        moveAll(moved, cpu);
        successor.lock.lock();
        for (SkBuff skb = moved.poll(); skb != null; skb = moved.poll()) {
            successor.enqueue(skb, cpu);
        }
        queue.discipline(successor);
        leave();
        successor.lock.unlock();
        lock.unlock();
    }

    /// Ends it in favour of no qdisc, if it is empty. By who has claimed the run.
    ///
    /// @return false when packets came meanwhile: drain it again
    boolean replaceByNone() {
        lock.lock();
        boolean empty = refused.isEmpty() && qdisc.length() == 0;
        if (empty) {
            queue.discipline(null);
            leave();
        }
        lock.unlock();
        return empty;
    }

    private void leave() {
        active = false;
        replaced = true;
    }

    /// Changes the options of the running qdisc. Process context under the control lock, on `cpu`.
    void change(Options options, Cpu cpu) throws NetException {
        lock.lock();
        try {
            qdisc.change(options, cpu);
        } catch (RuntimeException | LinkageError e) {
            site.failed("change", e, cpu);
            throw new NetException(Errno.EINVAL, "change qdisc " + kind, e);
        } finally {
            lock.unlock();
        }
        schedule(cpu);
    }

    /// What it has counted, at one moment.
    QdiscStats stats() {
        lock.lock();
        try {
            int length = qdisc.length() + refused.length();
            long held = qdisc.backlogBytes() + bytesOf(refused);
            return new QdiscCounts(kind, packets, bytes, drops, requeues, bypasses, length, held, qdisc.describe());
        } finally {
            lock.unlock();
        }
    }

    private static long bytesOf(SkBuffQueue list) {
        long sum = 0;
        for (SkBuff skb = list.peek(); skb != null; skb = skb.next()) {
            sum += skb.length();
        }
        return sum;
    }

    /// Its kind.
    String kind() {
        return kind;
    }
}

package dev.netstack4j.core.net.device;

import dev.netstack4j.api.device.TxQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import org.jspecify.annotations.Nullable;

/// A transmit queue: whether the driver has stopped it, the lock that keeps its `startXmit` single, and its qdisc.
@Linux("include/linux/netdevice.h#netdev_queue")
public final class DeviceTxQueue implements TxQueue {
    private static final int STOPPED = 1;
    private static final int NOBODY = -1;

    private final Device device;
    private final int index;
    private final AtomicBits state;
    private final SpinLock lock;
    private int lockedBy = NOBODY; // written by the holder alone; others only compare it with themselves
    private long lastStartNanos;
    private volatile @Nullable Discipline discipline;

    DeviceTxQueue(Device device, int index, Sync sync) {
        this.device = device;
        this.index = index;
        this.state = sync.bits(device.name() + "-txq" + index);
        this.lock = sync.spinLock(device.name() + "-xmit" + index);
    }

    /// Whose queue it is.
    public Device device() {
        return device;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public void start() {
        state.getAndClear(STOPPED);
    }

    @Override
    public void stop() {
        state.getAndSet(STOPPED);
    }

    @Override
    public void wake(Cpu cpu) {
        if ((state.getAndClear(STOPPED) & STOPPED) != 0) {
            kick(cpu);
        }
    }

    @Override
    public boolean isStopped() {
        return (state.get() & STOPPED) != 0;
    }

    /// Has the qdisc sent what it holds.
    public void kick(Cpu cpu) {
        Discipline d = discipline;
        if (d != null) {
            d.schedule(cpu);
        }
    }

    /// The qdisc; null: packets go straight to the driver.
    public @Nullable Discipline discipline() {
        return discipline;
    }

    /// Publishes another qdisc. Process context under the control lock.
    public void discipline(@Nullable Discipline next) {
        discipline = next;
    }

    /// Takes the transmit lock, so that one CPU at a time is in the driver.
    @Linux("include/linux/netdevice.h#HARD_TX_LOCK")
    public void lock(Cpu cpu) {
        lock.lock();
        lockedBy = cpu.id();
    }

    /// Gives the transmit lock back.
    public void unlock() {
        lockedBy = NOBODY;
        lock.unlock();
    }

    /// Whether this CPU is in the driver of this queue already: it must not enter again.
    public boolean isLockedBy(Cpu cpu) {
        return lockedBy == cpu.id();
    }

    /// Notes that the driver took a packet.
    public void started(long nowNanos) {
        lastStartNanos = nowNanos;
    }

    /// When the driver last took a packet.
    public long lastStartNanos() {
        return lastStartNanos;
    }
}

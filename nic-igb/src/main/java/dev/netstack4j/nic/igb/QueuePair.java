package dev.netstack4j.nic.igb;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.TxQueue;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timer;

/// One transmit and one receive ring at work, with the polling context and, with MSI-X, the vector that serve both.
final class QueuePair implements IrqHandler {
    private static final long REFILL_RETRY_NANOS = 10_000_000;
    /// With fewer buffers the ring may run dry before another packet causes a poll, so a timer sees to them.
    private static final int FEW_BUFFERS = 16;
    /// Posting buffers one by one would ring a doorbell for each.
    private static final int REFILL_BATCH = 16;

    private final int index;
    private final NetDevice device;
    private final Napi napi;
    private final TxQueue queue;
    private final TxRing tx;
    private final RxRing rx;
    private final IgbReasons reasons;
    private final QueueCounters counters;
    private final InterruptRegisters interrupts;
    private final boolean ownVector;
    private final Timer refillTimer;
    private final int wakeAt;
    // written by the watchdog
    private long pollsSeen = -1;
    private boolean pendingSeen;
    private long sentSeen;

    QueuePair(
            int index,
            NetDevice device,
            Napi napi,
            TxRing tx,
            RxRing rx,
            QueueCounters counters,
            Chip chip,
            boolean ownVector,
            IgbServices services) {
        this.index = index;
        this.device = device;
        this.napi = napi;
        this.tx = tx;
        this.rx = rx;
        this.counters = counters;
        this.ownVector = ownVector;
        interrupts = chip.interrupts();
        reasons = services.reasons();
        queue = device.txQueue(index);
        wakeAt = Math.max(2 * TxRing.RESERVE, tx.capacity() / 4);
        refillTimer = services.timers().coarse(device.name() + " refill " + index, napi::schedule);
    }

    // ---- interrupt

    /// The vector masks itself; it is unmasked when the poll has no more to do.
    @Override
    public Result handle(Cpu cpu) {
        napi.schedule(cpu);
        return Result.HANDLED;
    }

    // ---- poll

    /// Frees sent packets, takes received ones, posts new buffers, and unmasks when there is no more to do.
    int poll(int budget, Cpu cpu) {
        tx.reclaim(napi, budget, cpu);
        if (queue.isStopped() && tx.free() >= wakeAt) {
            queue.wake(cpu);
        }
        if (budget == 0) {
            return 0;
        }
        counters.polledOn(cpu.id());
        int frames = rx.receive(budget, device, napi, cpu);
        refill(cpu);
        if (frames < budget && napi.complete(frames, cpu)) {
            unmask();
        }
        return frames;
    }

    private void unmask() {
        if (ownVector) {
            interrupts.unmaskVector(index + 1);
        } else {
            interrupts.unmaskSingle();
        }
    }

    private void refill(Cpu cpu) {
        if (rx.missing() < REFILL_BATCH) {
            return;
        }
        int before = rx.filled();
        boolean enough = rx.refill(cpu);
        if (rx.filled() != before) {
            rx.ringDoorbell();
        }
        if (!enough && rx.filled() < FEW_BUFFERS && !refillTimer.isArmed()) {
            refillTimer.arm(cpu.nowNanos() + REFILL_RETRY_NANOS, cpu);
        }
    }

    void cancelTimer(Cpu cpu) {
        refillTimer.cancel(cpu);
    }

    // ---- watchdog

    /// Polls where an interrupt should have told of something to do, and was lost, or came before the descriptor.
    ///
    /// @param sends whether the device can send
    /// @return whether it could at the last look too, and has sent nothing since of what it had then
    boolean lookAfter(boolean sends, Cpu cpu) {
        boolean pending = tx.isPending();
        boolean stands = sends && pending && pendingSeen && counters.txPackets == sentSeen;
        boolean forgotten = counters.polls == pollsSeen && (pending || rx.seemsReady());
        if (forgotten || pending) {
            pollWithoutInterrupt(cpu);
        }
        pendingSeen = sends && pending;
        sentSeen = counters.txPackets;
        pollsSeen = counters.polls;
        return stands;
    }

    private void pollWithoutInterrupt(Cpu cpu) {
        if (!ownVector) {
            interrupts.takeCauses();
            interrupts.maskSingle();
        }
        counters.watchdogPolls += napi.schedule(cpu) ? 1 : 0;
    }

    // ---- transmit

    /// Takes a packet: under the queue's transmit lock. The doorbell waits while `more` packets follow at once.
    TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        boolean sendable = TxOffload.isSendable(skb);
        if (sendable && tx.free() < TxRing.needed(skb)) {
            counters.txBusy++;
            stopQueue(cpu);
            return TxStatus.BUSY;
        }
        DropReason bad = sendable ? tx.post(skb, reasons, cpu) : reasons.txLength;
        if (bad != null) {
            counters.txDropped++;
            skb.drop(bad, cpu);
        }
        if (tx.free() < TxRing.RESERVE) {
            stopQueue(cpu);
        } else if (!more) {
            tx.ringDoorbell();
        }
        return TxStatus.OK;
    }

    /// A poll that made room before the queue was seen as stopped did not wake it: look again.
    private void stopQueue(Cpu cpu) {
        queue.stop();
        tx.ringDoorbell();
        if (tx.free() >= wakeAt) {
            queue.wake(cpu);
        }
    }

    // ---- opening and stopping

    TxRing tx() {
        return tx;
    }

    RxRing rx() {
        return rx;
    }

    Napi napi() {
        return napi;
    }

    TxQueue queue() {
        return queue;
    }

    /// How full the rings are now: descriptors that the chip has not reported sent, and buffers that it may write into.
    void depths(DeviceStats into) {
        into.chip("tx_queue_" + index + "_ring_used", tx.capacity() - tx.free());
        into.chip("rx_queue_" + index + "_ring_filled", rx.filled());
    }
}

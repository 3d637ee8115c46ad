package dev.netstack4j.nic.e1000;

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

/// An open device at work: its two rings, the interrupt handler, the poll and the transmit entry. Made by `open`,
/// forgotten by `stop`.
final class DataPath implements IrqHandler {
    private static final long REFILL_RETRY_NANOS = 10_000_000;
    /// With fewer buffers the ring may run dry before another packet causes a poll, so a timer sees to them.
    private static final int FEW_BUFFERS = 16;
    /// Posting buffers one by one would ring a doorbell for each.
    private static final int REFILL_BATCH = 16;
    /// Descriptors beyond those for one packet, so that a woken queue is not stopped at once.
    private static final int ROOM_TO_WAKE = 8;

    private final Chip chip;
    private final NetDevice device;
    private final Napi napi;
    private final TxQueue queue;
    private final TxRing tx;
    private final RxRing rx;
    private final E1000Reasons reasons;
    private final Traffic traffic;
    private final Watchdog.Findings findings;
    private final Timer refillTimer;
    private final Watchdog watchdog;
    private final int wakeAt;

    DataPath(
            Chip chip,
            NetDevice device,
            Napi napi,
            TxRing tx,
            RxRing rx,
            Traffic traffic,
            E1000Services services,
            Watchdog.Findings findings) {
        this.chip = chip;
        this.device = device;
        this.napi = napi;
        this.tx = tx;
        this.rx = rx;
        reasons = services.reasons();
        this.traffic = traffic;
        this.findings = findings;
        queue = device.txQueue(0);
        wakeAt = Math.max(TxRing.RESERVE + ROOM_TO_WAKE, tx.capacity() / 4);
        refillTimer = services.timers().coarse(device.name() + " refill", this::refillDue);
        watchdog = new Watchdog(device, chip, this, services, traffic, findings);
    }

    // ---- interrupt

    /// Reads the cause, masks, schedules; a change of the link goes to process context.
    @Override
    public Result handle(Cpu cpu) {
        int causes = chip.takeInterruptCauses();
        if (causes == 0) {
            return Result.NONE;
        }
        traffic.interrupts++;
        serve(causes, cpu);
        return Result.HANDLED;
    }

    private void serve(int causes, Cpu cpu) {
        chip.maskInterrupts();
        if ((causes & Registers.INT_LSC) != 0) {
            findings.link();
        }
        napi.schedule(cpu);
    }

    /// The same without an interrupt, which may have been lost. Softirq context.
    void lookAgain(Cpu cpu) {
        serve(chip.takeInterruptCauses(), cpu);
    }

    // ---- poll

    /// Frees sent packets, takes received ones, posts new buffers, and unmasks when there is no more to do.
    int poll(int budget, Cpu cpu) {
        tx.reclaim(napi, budget, cpu);
        if (queue.isStopped() && tx.free() >= wakeAt) {
            traffic.wakes++;
            queue.wake(cpu);
        }
        if (budget == 0) {
            return 0;
        }
        int frames = rx.receive(budget, device, napi, cpu);
        refill(cpu);
        if (frames < budget && napi.complete(frames, cpu)) {
            chip.unmaskInterrupts();
        }
        return frames;
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

    private void refillDue(Cpu cpu) {
        napi.schedule(cpu);
    }

    TxRing tx() {
        return tx;
    }

    RxRing rx() {
        return rx;
    }

    // ---- timers

    /// The watchdog begins to look.
    void startWatchdog(Cpu cpu) {
        watchdog.start(cpu);
    }

    /// The watchdog looks no more.
    void stopWatchdog() {
        watchdog.stop();
    }

    /// No refill will be tried any more, and no look be taken. Softirq or process context.
    void cancelTimers(Cpu cpu) {
        refillTimer.cancel(cpu);
        watchdog.cancel(cpu);
    }

    // ---- transmit

    /// Takes a packet: under the queue's transmit lock. The doorbell waits while `more` packets follow at once.
    TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        int needed = TxRing.needed(skb);
        boolean sendable = needed <= TxRing.RESERVE;
        if (sendable && tx.free() < needed) {
            traffic.txBusy++;
            stopQueue(cpu);
            return TxStatus.BUSY;
        }
        DropReason bad = sendable ? tx.post(skb, reasons, cpu) : reasons.txLength;
        if (bad != null) {
            traffic.txDropped++;
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

    /// Whether reports of sent packets wait for the device's delay timers. Process context.
    void delayReports(boolean on) {
        tx.delayReports(on);
    }

    /// How full the rings are now: descriptors that the chip has not reported sent, and buffers that it may write into.
    void depths(DeviceStats into) {
        into.chip("tx_ring_used", tx.capacity() - tx.free());
        into.chip("rx_ring_filled", rx.filled());
    }
}

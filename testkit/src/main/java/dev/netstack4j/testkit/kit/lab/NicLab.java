package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.stack.Stack;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A running stack with one network device, whose driver is watched and whose wire ends at the kit.
public final class NicLab implements AutoCloseable {
    private static final int HEADROOM = 64;

    private final Stack stack;
    private final LabDevice plugged;
    private final Cpus cpus;
    private final SkBuffPool pool;
    private final ConsumeReason done;

    /// @param plugged the device, plugged in
    public NicLab(Stack stack, LabDevice plugged) {
        this.stack = stack;
        this.plugged = plugged;
        this.cpus = stack.service(Cpus.class);
        this.pool = stack.packets();
        this.done = pool.ledger().consume("KIT_DONE", "the kit does not need the packet any more");
    }

    /// The stack.
    public Stack stack() {
        return stack;
    }

    /// The device, its wire, and who watches.
    public LabDevice plugged() {
        return plugged;
    }

    /// The device as core knows it.
    public NetDevice device() {
        return plugged.device();
    }

    /// The far end.
    public LabWire wire() {
        return plugged.wire();
    }

    /// What was handed up.
    public Received received() {
        return plugged.received();
    }

    /// What was noticed.
    public Watch watch() {
        return plugged.watch();
    }

    /// What can fail.
    public Faults faults() {
        return plugged.faults();
    }

    // ---- control

    /// Opens the device.
    public void up() throws NetException {
        stack.links().up(device());
        settle();
    }

    /// Stops the device.
    public void down() {
        stack.links().down(device());
    }

    /// What the device has counted.
    public DeviceStats stats() {
        return stack.links().stats(device());
    }

    /// Something done under the control lock.
    @FunctionalInterface
    public interface Control {
        /// Process context, holding no CPU.
        void run() throws NetException;
    }

    /// Does something under the control lock.
    public void locked(Control action) throws NetException {
        ControlLock lock = stack.service(ControlLock.class);
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    // ---- time

    /// Lets everything that is under way come to rest.
    public void settle() {
        LabTime.settle(stack.runtime());
    }

    /// Lets time pass.
    public void pass(long nanos) {
        LabTime.pass(stack.runtime(), nanos);
    }

    /// Lets time pass until something is so.
    ///
    /// @return whether it became so within three seconds, or twenty in real time
    public boolean until(BooleanSupplier condition) {
        return LabTime.until(stack.runtime(), condition);
    }

    // ---- packets

    /// A CPU in process context.
    public void onCpu(Consumer<Cpu> work) {
        Cpu cpu = cpus.enter();
        try {
            work.accept(cpu);
        } finally {
            cpus.leave(cpu);
        }
    }

    /// The same in softirq context; returns when it was done.
    public void inSoftirq(Consumer<Cpu> work) {
        boolean[] ran = new boolean[1];
        Timer timer = stack.service(Timers.class).exact("kit", cpu -> {
            work.accept(cpu);
            ran[0] = true;
        });
        onCpu(cpu -> timer.arm(cpu.nowNanos(), cpu));
        if (!until(() -> ran[0])) {
            throw new IllegalStateException("a timer of the kit never fired");
        }
    }

    /// A linear packet of these bytes.
    public SkBuff packet(byte[] frame, Cpu cpu) {
        return packet(frame, frame.length, List.of(), cpu);
    }

    /// A packet with a linear area of `linear` bytes and fragments of the given lengths.
    public SkBuff packet(byte[] frame, int linear, List<Integer> frags, Cpu cpu) {
        SkBuff skb = pool.alloc(Math.min(HEADROOM + linear, 65536), cpu);
        if (skb == null) {
            throw new IllegalStateException("the kit's stack has no memory left for a packet");
        }
        skb.reserve(Math.min(HEADROOM, 65536 - linear));
        skb.write(skb.put(linear), frame, 0, linear);
        int at = linear;
        for (int length : frags) {
            if (!skb.addFragPage(length, cpu)) {
                throw new IllegalStateException("the kit's stack has no memory left for a fragment");
            }
            stack.packets().memory().write(skb.appendToFrag(length), frame, at, length);
            at += length;
        }
        skb.dev(device());
        skb.resetMacHeader();
        return skb;
    }

    /// Hands a packet to the driver as core does.
    public TxStatus start(SkBuff skb, boolean more, Cpu cpu) {
        skb.handOver();
        return device().ops().startXmit(skb, more, cpu);
    }

    /// Sends a frame in process context, once.
    public TxStatus send(byte[] frame) {
        return send(frame, false);
    }

    /// Sends a frame in process context, once. One that the driver does not take is freed.
    public TxStatus send(byte[] frame, boolean more) {
        TxStatus[] status = new TxStatus[1];
        onCpu(cpu -> {
            SkBuff skb = packet(frame, cpu);
            status[0] = start(skb, more, cpu);
            if (status[0] == TxStatus.BUSY) {
                free(skb, cpu);
            }
        });
        return status[0];
    }

    /// Sends all frames in order, waiting where the queue is stopped or busy.
    public void sendAll(List<byte[]> frames) {
        for (byte[] f : frames) {
            if (!until(() -> !device().txQueue(0).isStopped())) {
                throw new AssertionError("the transmit queue stays stopped though the far end takes all frames");
            }
            if (!until(() -> send(f) == TxStatus.OK)) {
                throw new AssertionError("the driver stays busy though the far end takes all frames");
            }
        }
        settle();
    }

    /// Frees a packet of the kit.
    public void free(SkBuff skb, Cpu cpu) {
        skb.consume(done, cpu);
    }

    /// Why the kit frees.
    public ConsumeReason done() {
        return done;
    }

    /// A reason to drop, for what the kit takes away.
    public DropReason dropped() {
        return pool.ledger().drop("KIT_DROPPED", "the kit took the packet away");
    }

    /// Ends the stack and its runtime.
    @Override
    public void close() {
        stack.close();
        stack.runtime().close();
    }

    /// The kit's wire of a new device.
    static LabWire wireOf(Stack stack) throws NetException {
        Wire wire = stack.hardware().wire(LabModule.WIRE, java.util.Map.of());
        return (LabWire) wire;
    }
}

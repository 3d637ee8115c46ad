package dev.netstack4j.systemtests.exploration;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.runtime.Engines;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.api.runtime.SoftIrqs;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.stack.Stack;
import java.util.ArrayList;
import java.util.List;

/// A device with an edge-triggered interrupt and a transmit ring of two, and its driver. The interrupt and the poll run
/// on different CPUs when the stack has two. [Bug] takes one step of the driver away.
final class RacyNic implements NetDeviceOps {
    private static final int ENABLED = 1;
    private static final int RING = 2;

    /// What the driver forgets.
    enum Bug {
        NONE,
        /// It unmasks and does not look at the ring again.
        NO_RECHECK_AFTER_UNMASK,
        /// It stops its queue and does not look for room again.
        NO_RECHECK_AFTER_STOP,
        /// It looks for sent packets without its lock.
        UNLOCKED_CLEANING
    }

    final NetDevice device;
    private final Bug bug;
    private final Cpus cpus;
    private final AtomicBits mask;
    private final AtomicBits arrived;
    private final AtomicBits sent;
    private final SpinLock cleaning;
    private final EngineHandle engine;
    private final Napi napi;
    private final ConsumeReason done;
    private final SkBuffQueue ring = new SkBuffQueue();
    private int toArrive;
    private int posted;
    private int cleanedSent;
    int cleaned;
    final List<Integer> marks = new ArrayList<>(); // of the packets that were sent, in order

    RacyNic(Stack stack, Bug bug) throws NetException {
        this.bug = bug;
        Sync sync = stack.service(Sync.class);
        cpus = stack.service(Cpus.class);
        mask = sync.bits("mask");
        arrived = sync.bits("arrived");
        sent = sync.bits("sent");
        cleaning = sync.spinLock("cleaning");
        done = stack.service(PacketReasons.class).consume("RACY_SENT", "sent by the racy device");
        engine = stack.service(Engines.class).add("racy", this::move);
        stack.service(SoftIrqs.class).open(SoftIrqVector.HI, this::interrupt);
        ControlLock control = stack.service(ControlLock.class);
        control.lock();
        try {
            NetDevices devices = stack.service(NetDevices.class);
            device = devices.alloc("racy%d", this);
            device.config().macAddress(MacAddress.parse("02:00:00:00:0a:ce"));
            napi = device.addNapi("racy", this::poll, 64);
            devices.register(device);
        } finally {
            control.unlock();
        }
        stack.links().up(device);
    }

    // ---- the device

    /// Frames arrive.
    void receive(int frames) {
        toArrive += frames;
        engine.ring();
    }

    private int move(long now) {
        int moved = 0;
        if (toArrive > 0) {
            toArrive--;
            arrived.set(arrived.get() + 1);
            raise();
            moved++;
        }
        if (sent.get() < posted) {
            sent.set(sent.get() + 1);
            raise();
            moved++;
        }
        return moved;
    }

    private void raise() {
        if ((mask.get() & ENABLED) != 0) {
            cpus.raiseOn(cpus.count() - 1, SoftIrqVector.HI);
        }
    }

    // ---- its driver

    private void interrupt(Cpu cpu) {
        if ((mask.getAndClear(ENABLED) & ENABLED) != 0) {
            napi.schedule(cpu);
        }
    }

    private int poll(Napi polled, int budget, Cpu cpu) {
        int work = 0;
        while (work < budget && cleaned < arrived.get()) {
            cleaned++;
            work++;
        }
        cleanSent(cpu);
        if (work < budget && polled.complete(work, cpu)) {
            mask.getAndSet(ENABLED);
            boolean missed = cleaned < arrived.get() || cleanedSent < sent.get();
            if (bug != Bug.NO_RECHECK_AFTER_UNMASK && missed) {
                interrupt(cpu);
            }
        }
        return work;
    }

    private void cleanSent(Cpu cpu) {
        if (bug != Bug.UNLOCKED_CLEANING) {
            cleaning.lock();
        }
        while (cleanedSent < sent.get()) {
            SkBuff skb = ring.poll();
            cleanedSent++;
            if (skb == null) {
                throw new IllegalStateException("a packet was sent twice");
            }
            marks.add(skb.mark());
            skb.consume(done, cpu);
        }
        if (bug != Bug.UNLOCKED_CLEANING) {
            cleaning.unlock();
        }
        if (device.txQueue(0).isStopped() && hasRoom()) {
            device.txQueue(0).wake(cpu);
        }
    }

    private boolean hasRoom() {
        return posted - cleanedSent < RING;
    }

    @Override
    public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        cleaning.lock();
        boolean room = hasRoom();
        if (room) {
            ring.addTail(skb);
            posted++;
        }
        boolean full = !hasRoom();
        cleaning.unlock();
        if (full) {
            device.txQueue(0).stop();
            if (bug != Bug.NO_RECHECK_AFTER_STOP && hasRoom()) {
                device.txQueue(0).wake(cpu);
            }
        }
        engine.ring();
        if (bug == Bug.UNLOCKED_CLEANING) {
            cleanSent(cpu);
        }
        return room ? TxStatus.OK : TxStatus.BUSY;
    }

    @Override
    public void open() {
        napi.enable();
        mask.set(ENABLED);
        device.txQueue(0).start();
        device.carrier(true);
    }

    @Override
    public void stop() {
        mask.set(0);
        napi.disable();
        Cpu cpu = cpus.enter();
        ring.consumeAll(done, cpu);
        cpus.leave(cpu);
    }

    @Override
    public void stats(DeviceStats into) {}
}

package dev.netstack4j.nic.tap;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.linux.tap.DescriptorWait;
import dev.netstack4j.linux.tap.PolledDescriptor;
import dev.netstack4j.linux.tap.Tap;
import dev.netstack4j.linux.tap.TapSettings;
import org.jspecify.annotations.Nullable;

/// One TAP or TUN as a network device. What is sent is written at once, and the answer is looked for in the poll that
/// follows; what comes while the CPU is idle ends its wait. One queue each way.
final class TapNic implements NetDeviceOps, PolledDescriptor {
    private static final int WEIGHT = 64;
    private static final long EMPTY_NANOS = 10_000;

    private final Tap tap;
    private final IrqLine line;
    private final TapNicReasons reasons;
    private final DescriptorWait waiting;
    private final Cpus cpus;
    private final TapTransmitter transmitter;
    private final TapReceiver receiver;
    private final IrqHandler handler = this::interrupt;
    private @Nullable NetDevice device;
    private @Nullable Napi napi;
    private volatile boolean open;
    private volatile boolean full; // set by startXmit, cleared by the poll
    private volatile boolean gone;
    private long emptyAt; // when the last poll found nothing more; under the licence of whoever polls or sends

    TapNic(
            Tap tap,
            IrqLine line,
            SkBuffPool pool,
            Cpus cpus,
            TapNicReasons reasons,
            DescriptorWait waiting,
            TapSettings settings) {
        this.tap = tap;
        this.line = line;
        this.cpus = cpus;
        this.reasons = reasons;
        this.waiting = waiting;
        long memory = pool.memory().segment().address();
        transmitter = new TapTransmitter(tap, settings.headers(), memory);
        receiver = new TapReceiver(tap, settings, pool, reasons, memory);
    }

    // ---- coming and going

    void join(NetDevice made) {
        device = made;
        napi = made.addNapi("tap", this::poll, WEIGHT);
    }

    void leave() {
        if (napi != null) {
            napi.remove();
        }
        line.release();
        tap.close();
    }

    private NetDevice device() {
        NetDevice d = device;
        if (d == null) {
            throw new IllegalStateException("the device was not made");
        }
        return d;
    }

    private Napi napi() {
        Napi n = napi;
        if (n == null) {
            throw new IllegalStateException("the device was not made");
        }
        return n;
    }

    @Override
    public void open() throws NetException {
        line.irq().request("tap", handler, false);
        napi().enable();
        full = false;
        open = true;
        waiting.add(this);
        device().txQueue(0).start();
        device().carrier(!gone);
    }

    @Override
    public void stop() {
        open = false;
        waiting.remove(this);
        cpus.synchronizeNet();
        device().txQueue(0).stop();
        device().carrier(false);
        line.irq().free(handler);
        napi().disable();
        Cpu cpu = cpus.enter();
        try {
            receiver.end(cpu);
        } finally {
            cpus.leave(cpu);
        }
    }

    @Override
    public void setMacAddress(MacAddress address) {
        // Core's copy is the one that frames are compared with.
    }

    @Override
    public void stats(DeviceStats into) {
        into.rxPackets = receiver.packets;
        into.rxBytes = receiver.bytes;
        into.rxMissed = receiver.noMemory;
        into.txPackets = transmitter.packets;
        into.txBytes = transmitter.bytes;
        into.txDropped = transmitter.refused;
    }

    // ---- sending

    @Override
    public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        int result = open ? transmitter.write(skb) : Errno.ENETDOWN.negative();
        if (TapTransmitter.isFull(result)) {
            device().txQueue(0).stop();
            full = true;
            waiting.wake();
            return TxStatus.BUSY;
        }
        if (result < 0) {
            transmitter.refused++;
            skb.drop(reasons.refused, cpu);
        } else {
            skb.consume(reasons.sent, cpu);
        }
        if (!more && cpu.nowNanos() - emptyAt > EMPTY_NANOS) {
            napi().schedule(cpu); // the host's answer is usually there already
        }
        return TxStatus.OK;
    }

    // ---- receiving

    @Override
    public int fd() {
        return tap.fd();
    }

    @Override
    public int wantedEvents() {
        return gone || !open ? 0 : READABLE | (full ? WRITABLE : 0);
    }

    @Override
    public void ready() {
        line.raise();
    }

    private IrqHandler.Result interrupt(Cpu cpu) {
        napi().schedule(cpu);
        return IrqHandler.Result.HANDLED;
    }

    private int poll(Napi polled, int budget, Cpu cpu) {
        if (full) {
            full = false;
            device().txQueue(0).wake(cpu);
        }
        int done = 0;
        while (done < budget && !gone) {
            SkBuff skb = receiver.read(device(), cpu);
            if (skb == null) {
                look();
                emptyAt = cpu.nowNanos();
                break;
            }
            polled.receive(skb, cpu);
            done++;
        }
        if (done < budget) {
            polled.complete(done, cpu);
        }
        return done;
    }

    /// Somebody removed the TAP, or its host's side is down: then there is nothing to wait for.
    private void look() {
        int failure = receiver.failure;
        boolean usual = failure >= 0 || failure == Errno.EAGAIN.negative() || failure == Errno.EINTR.negative();
        if (!usual) {
            gone = true;
            device().carrier(false);
        }
    }
}

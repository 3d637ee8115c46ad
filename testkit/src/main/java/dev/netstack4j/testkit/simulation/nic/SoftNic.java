package dev.netstack4j.testkit.simulation.nic;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.RxMode;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.runtime.Cpu;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A network card and its driver in one: frames are copied to and from byte arrays, so there are no rings and no DMA,
/// and no offloads: checksums are the stack's work. Frames wait in two bounded queues. Takes its own address,
/// broadcasts and all multicast.
final class SoftNic implements NetDeviceOps, WireReceiver {
    static final int MOST_MTU = 9000;

    private static final int QUEUE = 256;
    private static final int WEIGHT = 64;
    private static final int BATCH = 64;

    private final SimulatedCard card;
    private final SkBuffPool pool;
    private final SoftNicReasons reasons;
    private final FrameQueue sending;
    private final FrameQueue received;
    private final FrameBatch batch = new FrameBatch(BATCH, BATCH);
    private final Transmitter transmitter = new Transmitter();
    private final DeviceStats counts = new DeviceStats();
    private final IrqHandler handler = this::interrupt;
    private @Nullable NetDevice device;
    private @Nullable Napi napi;
    private volatile boolean open;
    private volatile boolean promiscuous;
    private volatile boolean wireBusy;
    private volatile boolean stopped;

    SoftNic(SimulatedCard card, SkBuffPool pool, SoftNicReasons reasons) {
        this.card = card;
        this.pool = pool;
        this.reasons = reasons;
        sending = new FrameQueue(card.context().sync().spinLock("softnic sending"), QUEUE);
        received = new FrameQueue(card.context().sync().spinLock("softnic received"), QUEUE);
    }

    // ---- coming and going

    void join(NetDevice made) {
        device = made;
        napi = made.addNapi("softnic", this::poll, WEIGHT);
        transmitter.handle = card.context().engines().add("simulated nic " + card.address(), transmitter);
    }

    void attach() {
        card.wire().attach(this);
    }

    void leave() {
        napi().remove();
        transmitter.remove();
    }

    NetDevice device() {
        NetDevice d = device;
        if (d == null) {
            throw new IllegalStateException("the card was not probed");
        }
        return d;
    }

    private Napi napi() {
        Napi n = napi;
        if (n == null) {
            throw new IllegalStateException("the card was not probed");
        }
        return n;
    }

    @Override
    public void open() throws NetException {
        card.line().irq().request("softnic", handler, false);
        napi().enable();
        open = true;
        device().txQueue(0).start();
        device().carrier(card.wire().isUp());
    }

    @Override
    public void stop() {
        open = false;
        device().txQueue(0).stop();
        device().carrier(false);
        napi().disable();
        card.line().irq().free(handler);
        sending.clear();
        received.clear();
    }

    @Override
    public void linkChanged(boolean up) {
        if (open) {
            device().carrier(up);
        }
    }

    @Override
    public void setRxMode(RxMode mode) {
        promiscuous = mode.promiscuous();
    }

    @Override
    public void setMacAddress(dev.netstack4j.api.address.MacAddress address) {
        // Core's copy is the one that is compared with.
    }

    @Override
    public void stats(DeviceStats into) {
        into.rxPackets = counts.rxPackets;
        into.rxBytes = counts.rxBytes;
        into.txPackets = counts.txPackets;
        into.txBytes = counts.txBytes;
        into.rxErrors = counts.rxCrcErrors;
        into.rxCrcErrors = counts.rxCrcErrors;
        into.rxMissed = counts.rxMissed;
        into.txDropped = counts.txDropped;
    }

    // ---- sending

    @Override
    public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        if (sending.size() == QUEUE) {
            stopQueue();
            return TxStatus.BUSY;
        }
        if (skb.checksumState() == ChecksumState.PARTIAL) {
            counts.txDropped++;
            skb.drop(reasons.unreadable, cpu);
            return TxStatus.OK;
        }
        byte[] frame = new byte[Math.max(skb.length(), EthernetHeader.LEAST_FRAME)];
        skb.read(0, frame, 0, skb.length());
        sending.add(frame);
        counts.txPackets++;
        counts.txBytes += frame.length;
        skb.consume(reasons.sent, cpu);
        if (sending.size() == QUEUE) {
            stopQueue();
        }
        if (!more || stopped) {
            transmitter.ring();
        }
        return TxStatus.OK;
    }

    private void stopQueue() {
        device().txQueue(0).stop();
        stopped = true;
        transmitter.ring();
    }

    /// The engine that hands frames to the wire.
    private final class Transmitter implements dev.netstack4j.api.runtime.Engine {
        private dev.netstack4j.api.runtime.@Nullable EngineHandle handle;

        void ring() {
            if (handle != null) {
                handle.ring();
            }
        }

        void remove() {
            if (handle != null) {
                handle.remove();
            }
        }

        @Override
        public int doWork(long nowNanos) {
            if (wireBusy || !open) {
                return 0;
            }
            batch.clear();
            byte[] frame = sending.peek(0);
            for (int i = 1; frame != null && batch.hasRoom(1); i++) {
                batch.addPiece(MemorySegment.ofArray(frame), 0, frame.length);
                batch.endFrame();
                frame = sending.peek(i);
            }
            int offered = batch.size();
            int taken = offered == 0 ? 0 : card.wire().transmit(batch);
            sending.remove(taken);
            wireBusy = taken < offered;
            if (stopped && sending.size() <= QUEUE / 2) {
                card.line().raise(); // the poll wakes the queue
            }
            return taken;
        }
    }

    @Override
    public void resume() {
        wireBusy = false;
        transmitter.ring();
    }

    // ---- receiving

    @Override
    public int receive(FrameBatch frames) {
        for (int f = 0; f < frames.size(); f++) {
            take(frames, f);
        }
        if (received.size() > 0) {
            card.line().raise();
        }
        return frames.size();
    }

    private void take(FrameBatch frames, int f) {
        if ((frames.flags(f) & FrameBatch.BAD_FCS) != 0) {
            counts.rxCrcErrors++;
            return;
        }
        byte[] frame = new byte[frames.frameLength(f)];
        frames.copyFrame(f, MemorySegment.ofArray(frame), 0, frame.length);
        if (!open || frame.length < EthernetHeader.LENGTH || !isWanted(frame)) {
            return;
        }
        if (!received.add(frame)) {
            counts.rxMissed++;
        }
    }

    private boolean isWanted(byte[] frame) {
        boolean group = (frame[0] & 1) != 0;
        return group
                || promiscuous
                || destination(frame) == device().macAddress().bits();
    }

    private static long destination(byte[] frame) {
        long bits = 0;
        for (int i = 0; i < 6; i++) {
            bits = bits << 8 | frame[i] & 0xFF;
        }
        return bits;
    }

    private IrqHandler.Result interrupt(Cpu cpu) {
        napi().schedule(cpu);
        return IrqHandler.Result.HANDLED;
    }

    private int poll(Napi polled, int budget, Cpu cpu) {
        if (stopped && sending.size() <= QUEUE / 2) {
            stopped = false;
            device().txQueue(0).wake(cpu);
        }
        int done = 0;
        while (done < budget && deliverOne(polled, cpu)) {
            done++;
        }
        if (done < budget && polled.complete(done, cpu) && received.size() > 0) {
            polled.schedule(cpu);
        }
        return done;
    }

    private boolean deliverOne(Napi polled, Cpu cpu) {
        byte[] frame = received.poll();
        if (frame == null) {
            return false;
        }
        SkBuff skb = pool.allocRx(frame.length, cpu);
        if (skb == null) {
            counts.rxMissed++;
            return true;
        }
        counts.rxPackets++;
        counts.rxBytes += frame.length;
        int at = skb.put(frame.length);
        skb.write(at, frame, 0, frame.length);
        EthernetHeader.typeTrans(skb, device());
        polled.receive(skb, cpu);
        return true;
    }
}

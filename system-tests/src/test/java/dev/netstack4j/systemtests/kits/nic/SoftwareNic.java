package dev.netstack4j.systemtests.kits.nic;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.device.RxMode;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.runtime.Engines;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.testkit.kit.nic.NicAbility;
import dev.netstack4j.testkit.kit.nic.NicDriverSubject;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;

/// A device in software with two transmit queues: frames go straight between packets and the wire. For virtual time.
final class SoftwareNic implements NetDeviceOps, WireReceiver, Engine {
    private static final int QUEUES = 2;
    private static final int MOST_WAITING = 256;
    private static final int LONGEST = 16_384;

    private final NicDriverSubject.Services services;
    private final Wire wire;
    private final NetDevice device;
    private final Napi napi;
    private final EngineHandle engine;
    private final Timer arrival;
    private final DropReason dropped;
    private final ConsumeReason sent;
    private final DeviceStats counts = new DeviceStats();
    private final Deque<byte[]> out = new ArrayDeque<>();
    private final Deque<byte[]> in = new ArrayDeque<>();
    private boolean up;
    private boolean promiscuous;

    private SoftwareNic(NicDriverSubject.Services services, Wire wire) throws NetException {
        this.services = services;
        this.wire = wire;
        PacketReasons reasons = services.get(PacketReasons.class);
        dropped = reasons.drop("SOFT_DROPPED", "the software device cannot carry it");
        sent = reasons.consume("SOFT_SENT", "copied to the wire");
        device = services.get(NetDevices.class).alloc("soft%d", this);
        device.config().macAddress(MacAddress.parse("02:00:00:00:00:77"));
        device.config().mtuRange(1500, 1500);
        device.config().txQueues(QUEUES);
        device.config().hardwareFeatures(DeviceFeatures.SG);
        napi = device.addNapi("soft", this::poll, 64);
        engine = services.get(Engines.class).add("software device", this);
        arrival = services.get(Timers.class).exact("software device", napi::schedule);
        wire.attach(this);
        services.get(NetDevices.class).register(device);
    }

    static NicDriverSubject subject() {
        return NicDriverSubject.software(
                        "test-plain-driver", (services, wire) -> new SoftwareNic(services, wire)::remove)
                .can(
                        NicAbility.SCATTER_GATHER,
                        NicAbility.SEVERAL_QUEUES,
                        NicAbility.UNICAST_FILTER,
                        NicAbility.FLOW_CONTROL);
    }

    private void remove() {
        services.get(NetDevices.class).unregister(device);
        napi.remove();
        engine.remove();
    }

    @Override
    public void open() {
        up = true;
        napi.enable();
        for (int q = 0; q < QUEUES; q++) {
            device.txQueue(q).start();
        }
    }

    @Override
    public void stop() {
        up = false;
        napi.disable();
        for (int q = 0; q < QUEUES; q++) {
            device.txQueue(q).stop();
        }
        Cpus cpus = services.get(Cpus.class);
        Cpu cpu = cpus.enter();
        arrival.cancel(cpu);
        cpus.leave(cpu);
        in.clear();
        counts.txPackets -= out.size();
        counts.txDropped += out.size();
        out.clear();
    }

    // ---- sending

    @Override
    public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        if (!up || out.size() >= MOST_WAITING) {
            device.txQueue(skb.queueMapping()).stop();
            return TxStatus.BUSY;
        }
        if (skb.length() == 0 || skb.length() > LONGEST) {
            counts.txDropped++;
            skb.drop(dropped, cpu);
        } else {
            byte[] frame = new byte[Math.max(skb.length(), 60)];
            skb.read(0, frame, 0, skb.length());
            out.add(frame);
            counts.txPackets++;
            counts.txBytes += skb.length();
            skb.consume(sent, cpu);
        }
        if (out.size() >= MOST_WAITING) {
            device.txQueue(skb.queueMapping()).stop();
        }
        engine.ring();
        return TxStatus.OK;
    }

    @Override
    public int doWork(long nowNanos) {
        int moved = 0;
        FrameBatch one = new FrameBatch(1, 1);
        while (!out.isEmpty()) {
            byte[] frame = out.getFirst();
            one.clear();
            one.addPiece(MemorySegment.ofArray(frame), 0, frame.length);
            one.endFrame();
            if (wire.transmit(one) == 0) {
                break;
            }
            out.removeFirst();
            moved++;
        }
        if (moved > 0) {
            services.get(Cpus.class);
            wakeLater();
        }
        return moved;
    }

    /// An engine holds no CPU; the poll wakes the queues.
    private void wakeLater() {
        Cpus cpus = services.get(Cpus.class);
        Cpu cpu = cpus.enter();
        arrival.arm(cpu.nowNanos(), cpu);
        cpus.leave(cpu);
    }

    @Override
    public void resume() {
        engine.ring();
    }

    // ---- receiving

    @Override
    public int receive(FrameBatch batch) {
        for (int f = 0; f < batch.size(); f++) {
            if (up && in.size() >= MOST_WAITING) {
                return f;
            }
            byte[] frame = new byte[batch.frameLength(f)];
            batch.copyFrame(f, MemorySegment.ofArray(frame), 0, frame.length);
            if (up && frame.length >= EthernetHeader.LENGTH && frame.length <= LONGEST && wanted(frame)) {
                in.add(frame);
            }
        }
        wakeLater();
        return batch.size();
    }

    private boolean wanted(byte[] frame) {
        if (promiscuous || (frame[0] & 1) != 0) {
            return true;
        }
        long to = 0;
        for (int i = 0; i < 6; i++) {
            to = to << 8 | frame[i] & 0xFF;
        }
        return to == device.macAddress().bits();
    }

    private int poll(Napi context, int budget, Cpu cpu) {
        for (int q = 0; q < QUEUES && up; q++) {
            if (device.txQueue(q).isStopped() && out.size() < MOST_WAITING / 2) {
                device.txQueue(q).wake(cpu);
            }
        }
        int done = 0;
        while (done < budget && !in.isEmpty()) {
            handUp(in.removeFirst(), cpu);
            done++;
        }
        if (done > 0) {
            wire.resume();
        }
        if (done < budget) {
            context.complete(done, cpu);
        }
        return done;
    }

    private void handUp(byte[] frame, Cpu cpu) {
        SkBuff skb = services.get(SkBuffPool.class).allocRx(frame.length, cpu);
        if (skb == null) {
            counts.rxDropped++;
            return;
        }
        skb.write(skb.put(frame.length), frame, 0, frame.length);
        counts.rxPackets++;
        counts.rxBytes += frame.length;
        EthernetHeader.typeTrans(skb, device);
        napi.receive(skb, cpu);
    }

    @Override
    public void linkChanged(boolean linked) {}

    @Override
    public void setRxMode(RxMode mode) {
        promiscuous = mode.promiscuous();
    }

    @Override
    public void stats(DeviceStats into) {
        into.rxPackets = counts.rxPackets;
        into.rxBytes = counts.rxBytes;
        into.txPackets = counts.txPackets;
        into.txBytes = counts.txBytes;
        into.rxDropped = counts.rxDropped;
        into.txDropped = counts.txDropped;
    }
}

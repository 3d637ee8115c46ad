package dev.netstack4j.testkit.script.run;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.device.SentPackets;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.stack.Stack;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// A network device of which the other end is the script: what the stack sends is kept with its time, what the script
/// sends is received at once. In virtual time only, where one thing runs at a time.
final class WireDevice implements NetDeviceOps {
    private final Stack stack;
    private final NetDevice device;
    private final Deque<Target.Frame> sent = new ArrayDeque<>();
    private long started;
    private long received;

    private WireDevice(Stack stack, MacAddress address, int mtu) throws NetException {
        this.stack = stack;
        ControlLock control = stack.service(ControlLock.class);
        control.lock();
        try {
            NetDevices devices = stack.service(NetDevices.class);
            device = devices.alloc("eth%d", this);
            device.config().macAddress(address);
            device.config().mtuRange(68, 9000);
            device.config().mtu(mtu);
            devices.register(device);
        } finally {
            control.unlock();
        }
    }

    /// Adds one to a stack, and takes it up.
    static WireDevice add(Stack stack, MacAddress address, int mtu) throws NetException {
        WireDevice w = new WireDevice(stack, address, mtu);
        stack.links().up(w.device);
        return w;
    }

    NetDevice device() {
        return device;
    }

    /// Frames are stamped with the time since then, and those sent before are forgotten.
    void startAt(long nanos) {
        started = nanos;
        sent.clear();
    }

    Target.@Nullable Frame poll() {
        return sent.poll();
    }

    boolean hasFrames() {
        return !sent.isEmpty();
    }

    void receive(byte[] frame) {
        Cpus cpus = stack.service(Cpus.class);
        Cpu cpu = cpus.enter();
        try {
            SkBuff skb = stack.packets().allocRx(frame.length, cpu);
            if (skb == null) {
                throw new IllegalStateException("the stack has no memory for a frame of the script");
            }
            int at = skb.put(frame.length);
            skb.write(at, frame, 0, frame.length);
            skb.dev(device);
            EthernetHeader.typeTrans(skb, device);
            received++;
            stack.service(LinkLayer.class).netifRx(skb, cpu);
        } finally {
            cpus.leave(cpu);
        }
    }

    // ---- NetDeviceOps

    @Override
    public void open() {
        device.txQueue(0).start();
        device.carrier(true);
    }

    @Override
    public void stop() {
        device.carrier(false);
    }

    @Override
    public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        byte[] frame = new byte[skb.length()];
        skb.read(0, frame, 0, frame.length);
        sent.add(new Target.Frame(stack.runtime().clock().nanos() - started, frame));
        stack.service(SentPackets.class).consume(skb, cpu);
        return TxStatus.OK;
    }

    @Override
    public void stats(DeviceStats into) {
        into.rxPackets = received;
    }
}

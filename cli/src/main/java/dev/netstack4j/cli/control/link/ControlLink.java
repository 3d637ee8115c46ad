package dev.netstack4j.cli.control.link;

import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.WaitResult;
import org.jspecify.annotations.Nullable;

/// One link: what the stack sends is queued for the client, what the client sends is received by NAPI as from a card.
/// For stacks of one CPU.
public final class ControlLink implements NetDeviceOps {
    /// Longest frame that can be sent into a stack.
    public static final int LONGEST = 65_400;

    private static final int MOST_TURNS = 10_000;

    private final ControlLinks host;
    private final boolean ethernet;
    private final boolean virtual;
    private final FrameQueue emitted;
    private final SkBuffQueue arriving = new SkBuffQueue(); // touched by the CPU's holder alone, as all below
    private @Nullable NetDevice device;
    private @Nullable Napi napi;
    private long rxPackets;
    private long rxBytes;
    private long txPackets;
    private long txBytes;

    ControlLink(ControlLinks host, boolean ethernet, boolean virtual, FrameQueue emitted) {
        this.host = host;
        this.ethernet = ethernet;
        this.virtual = virtual;
        this.emitted = emitted;
    }

    void attach(NetDevice made, Napi context) {
        device = made;
        napi = context;
    }

    /// Its device.
    public NetDevice device() {
        return there(device);
    }

    private static <T> T there(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the link has no device yet");
        }
        return part;
    }

    // ---- into the stack

    /// Lets the stack receive a frame. Process context, holding no CPU. The frame has been taken by the stack when this
    /// returns; in virtual time what follows from it runs when the runtime is stepped.
    ///
    /// @throws NetException EINVAL for a frame without a whole header, EMSGSIZE above [#LONGEST] bytes, ENETDOWN,
    ///     ENOMEM
    public void send(byte[] frame) throws NetException {
        if (frame.length > LONGEST) {
            throw new NetException(Errno.EMSGSIZE, "send a frame of " + frame.length + " bytes");
        }
        if (frame.length < (ethernet ? EthernetHeader.LENGTH + 1 : 1)) {
            throw new NetException(Errno.EINVAL, "send a frame of " + frame.length + " bytes");
        }
        Cpu cpu = host.cpus.enter();
        try {
            arrive(frame, cpu);
        } finally {
            host.cpus.leave(cpu);
        }
        for (int i = 0; i < MOST_TURNS && !virtual && waits(); i++) {
            Thread.onSpinWait();
        }
    }

    /// Leaving a CPU runs what was raised, but not without bound: the agent does the rest.
    private boolean waits() {
        Cpu cpu = host.cpus.enter();
        boolean some = !arriving.isEmpty();
        host.cpus.leave(cpu);
        return some;
    }

    private void arrive(byte[] frame, Cpu cpu) throws NetException {
        if (!device().isUp()) {
            throw new NetException(Errno.ENETDOWN, "send to " + device().name());
        }
        SkBuff skb = host.pool.allocRx(frame.length, cpu);
        if (skb == null) {
            throw new NetException(Errno.ENOMEM, "send to " + device().name());
        }
        skb.write(skb.put(frame.length), frame, 0, frame.length);
        if (ethernet) {
            EthernetHeader.typeTrans(skb, device());
        } else {
            barePacket(skb, frame[0] >> 4 & 15);
        }
        rxPackets++;
        rxBytes += frame.length;
        arriving.addTail(skb);
        there(napi).schedule(cpu);
    }

    private void barePacket(SkBuff skb, int version) {
        skb.dev(device());
        skb.resetMacHeader();
        skb.kind(PacketKind.HOST);
        skb.protocol(version == 6 ? EtherType.IPV6 : EtherType.IPV4);
    }

    int poll(Napi self, int budget, Cpu cpu) {
        int work = 0;
        while (work < budget && !arriving.isEmpty()) {
            SkBuff skb = arriving.poll();
            if (skb != null) {
                self.receive(skb, cpu);
                work++;
            }
        }
        if (work < budget) {
            self.complete(work, cpu);
        }
        return work;
    }

    // ---- out of the stack

    @Override
    public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        byte[] bytes = new byte[skb.length()];
        skb.read(0, bytes, 0, bytes.length);
        txPackets++;
        txBytes += bytes.length;
        skb.consume(host.emitted, cpu);
        emitted.add(new Frame(virtual ? host.clock.nanos() : host.clock.wallNanos(), bytes), cpu);
        return TxStatus.OK;
    }

    /// The oldest frame that nobody has asked for, or null.
    public @Nullable Frame poll() {
        return emitted.poll();
    }

    /// Whether no frame waits.
    public boolean isEmpty() {
        return emitted.isEmpty();
    }

    /// Waits until there is a frame.
    ///
    /// @param deadlineNanos on the runtime's clock
    public WaitResult await(long deadlineNanos) {
        return emitted.await(deadlineNanos);
    }

    /// Frames lost since the last call, because nobody asked for them.
    public long takeDropped() {
        return emitted.takeDropped();
    }

    // ---- as a device

    @Override
    public void open() {
        there(napi).enable();
        device().txQueue(0).start();
        device().carrier(true);
    }

    @Override
    public void stop() {
        there(napi).disable();
        Cpu cpu = host.cpus.enter();
        try {
            arriving.dropAll(host.down, cpu);
        } finally {
            host.cpus.leave(cpu);
        }
    }

    @Override
    public void stats(DeviceStats into) {
        into.rxPackets = rxPackets;
        into.rxBytes = rxBytes;
        into.txPackets = txPackets;
        into.txBytes = txBytes;
    }

    @Override
    public void setMacAddress(dev.netstack4j.api.address.MacAddress address) {
        // Nothing but the configuration knows it.
    }
}

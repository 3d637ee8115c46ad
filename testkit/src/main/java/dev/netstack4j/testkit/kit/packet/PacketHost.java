package dev.netstack4j.testkit.kit.packet;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.testkit.kit.Trial;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A stack in virtual time with one device, whose wire is the kit. Frames come in NAPI polls, as from a driver.
final class PacketHost implements NetDeviceOps {
    private static final int MEMORY_BYTES = 4 << 20;
    private static final int LINEAR = 14;
    private static final int SHOWN = 64;
    private static final long MILLISECOND = 1_000_000L;
    private static final MacAddress OWN = MacAddress.parse("02:00:00:00:00:01");

    private final Trial trial;
    final Stack stack;
    final VirtualRuntime runtime;
    private final List<String> sent = new ArrayList<>();
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final Napi napi;
    private final NetDevice device;
    private final ConsumeReason gone;
    private boolean fragmented;

    PacketHost(PacketSubject subject, Trial trial) throws Exception {
        this.trial = trial;
        runtime = StackFactory.find().virtualTime(trial.seed());
        trial.atEnd(runtime::close);
        StackBuilder b =
                StackFactory.find().builder().name("kit").runtime(runtime).memory(MEMORY_BYTES);
        Set<String> names = new TreeSet<>();
        for (StackModule m : ServiceLoader.load(StackModule.class)) {
            if (!m.name().equals(subject.module())) {
                b.with(m);
            }
            names.add(m.name());
        }
        subject.settings().forEach(b::sysctl);
        stack = b.with(subject.stackModule()).build();
        trial.atEnd(stack::close);
        gone = stack.packets().ledger().consume("KIT_SENT", "sent to the kit");
        ControlLock control = stack.service(ControlLock.class);
        control.lock();
        try {
            NetDevices devices = stack.service(NetDevices.class);
            device = devices.alloc("kit%d", this);
            device.config().macAddress(OWN);
            napi = device.addNapi("kit", this::poll, 64);
            devices.register(device);
        } finally {
            control.unlock();
        }
        if (names.contains("proto-ipv4") || subject.module().equals("proto-ipv4")) {
            stack.ipv4().addAddress(device, IpPrefix.parse("10.0.0.1/24"));
        }
        stack.links().up(device);
        runtime.advance(MILLISECOND);
        subject.prepare(stack);
        sent.clear();
    }

    @Override
    public void open() {
        napi.enable();
        device.txQueue(0).start();
        device.carrier(true);
    }

    @Override
    public void stop() {
        napi.disable();
    }

    @Override
    public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        byte[] b = new byte[skb.length()];
        skb.read(0, b, 0, b.length);
        sent.add(HexFormat.of().formatHex(b));
        trial.event("%d sends %s", cpu.nowNanos(), new Hex(b));
        skb.consume(gone, cpu);
        return TxStatus.OK;
    }

    @Override
    public void stats(DeviceStats into) {}

    private int poll(Napi polled, int budget, Cpu cpu) {
        int done = 0;
        while (done < budget && !waiting.isEmpty()) {
            byte[] frame = waiting.removeFirst();
            SkBuff skb = fragmented ? inFragment(frame, cpu) : whole(frame, cpu);
            if (skb != null) {
                EthernetHeader.typeTrans(skb, device);
                polled.receive(skb, cpu);
            }
            done++;
        }
        if (done < budget) {
            polled.complete(done, cpu);
        }
        return done;
    }

    private @Nullable SkBuff whole(byte[] frame, Cpu cpu) {
        SkBuff skb = stack.packets().allocRx(frame.length, cpu);
        if (skb != null) {
            skb.write(skb.put(frame.length), frame, 0, frame.length);
        }
        return skb;
    }

    /// Only the link-layer header is linear.
    private @Nullable SkBuff inFragment(byte[] frame, Cpu cpu) {
        SkBuff skb = stack.packets().allocRx(LINEAR, cpu);
        int rest = frame.length - LINEAR;
        if (skb == null) {
            return null;
        }
        skb.write(skb.put(LINEAR), frame, 0, LINEAR);
        if (rest > 0 && skb.addFragPage(rest, cpu)) {
            long at = skb.appendToFrag(rest);
            skb.memory().write(at, frame, LINEAR, rest);
        }
        return skb;
    }

    /// From now on only the link-layer header of what comes is linear.
    void fragmented() {
        fragmented = true;
    }

    /// Frames come in one poll; then a millisecond passes.
    void receive(List<byte[]> frames) {
        waiting.addAll(frames);
        frames.forEach(f -> trial.event("%d gets %s", runtime.clock().nanos(), new Hex(f)));
        Cpus cpus = stack.service(Cpus.class);
        Cpu cpu = cpus.enter();
        napi.schedule(cpu);
        cpus.leave(cpu);
        runtime.advance(MILLISECOND);
    }

    void receive(byte[] frame) {
        receive(List.of(frame));
    }

    /// The beginning of a frame, put into words when it is shown.
    private record Hex(byte[] frame) {
        @Override
        public String toString() {
            String bytes = HexFormat.of().formatHex(frame, 0, Math.min(frame.length, SHOWN));
            return frame.length + " bytes " + bytes + (frame.length > SHOWN ? "..." : "");
        }
    }

    /// What was sent, in hexadecimal.
    List<String> sent() {
        return List.copyOf(sent);
    }

    /// What says that somebody had to contain a failure: reasons of drops, and counters.
    List<String> failures() {
        List<String> all = new ArrayList<>();
        for (String reason : stack.packets().ledger().dropped().keySet()) {
            if (reason.startsWith("HANDLER_FAILED") || reason.startsWith("IP_PROTOCOL_FAILED")) {
                all.add(reason);
            }
        }
        for (Counter c : stack.service(Counters.class).all()) {
            if (c.name().startsWith("Failures.") && c.sum() > 0) {
                all.add(c.name());
            }
        }
        return all;
    }
}

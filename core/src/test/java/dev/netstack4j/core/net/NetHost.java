package dev.netstack4j.core.net;

import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.DeviceConfig;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Context;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.SoftIrqs;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.runtime.WorkQueue;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.core.registry.ContributionTable;
import dev.netstack4j.testkit.fake.FakeCpu;
import dev.netstack4j.testkit.fake.TestHost;
import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// All of core.net on one CPU that runs only when told, in virtual time.
final class NetHost {
    final TestHost host = new TestHost();
    final FakeCpu cpu = host.cpu();
    final OneCpu cpus = new OneCpu(cpu);
    final TestContributions contributions = new TestContributions();
    final Deque<Runnable> work = new ArrayDeque<>();
    private final Map<Class<?>, Object> parts = new LinkedHashMap<>();

    NetHost() {
        give(Cpus.class, cpus);
        give(SoftIrqs.class, cpus);
        give(Clock.class, host.clock());
        give(Timers.class, host.timers());
        give(Sync.class, host.sync());
        give(RandomStreams.class, host.random());
        give(Sysctls.class, host.sysctls());
        give(Counters.class, host.counters());
        give(PacketReasons.class, host.ledger());
        give(SkBuffPool.class, host.pool());
        give(ContributionTable.class, contributions);
        give(WorkQueue.class, (WorkQueue) (name, job) -> work.add(job));
        give(ControlLock.class, new OneThreadLock());
        cpu.context(Context.PROCESS);
    }

    private <T> void give(Class<T> type, T object) {
        parts.put(type, object);
    }

    /// The part of that class, made with what it needs.
    <T> T part(Class<T> type) {
        Object made = parts.get(type);
        if (made == null) {
            made = type == LinkLayer.class ? part(LinkLayerPath.class) : make(type);
            parts.put(type, made);
        }
        return type.cast(made);
    }

    private Object make(Class<?> type) {
        try {
            for (Constructor<?> c : type.getConstructors()) {
                if (c.isAnnotationPresent(Inject.class)) {
                    Object[] needs = new Object[c.getParameterCount()];
                    for (int i = 0; i < needs.length; i++) {
                        needs[i] = part(c.getParameterTypes()[i]);
                    }
                    return c.newInstance(needs);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
        throw new IllegalStateException(type + " has no constructor to inject");
    }

    LinkLayerPath link() {
        return part(LinkLayerPath.class);
    }

    /// A registered device that is up.
    NetDevice up(String name, NetDeviceOps ops, Consumer<DeviceConfig> configure) {
        NetDevice device = down(name, ops, configure);
        try {
            part(LinkControl.class).up(device);
        } catch (NetException e) {
            throw new IllegalStateException(e);
        }
        return device;
    }

    NetDevice up(String name, NetDeviceOps ops) {
        return up(name, ops, c -> {});
    }

    /// A registered device that is down.
    NetDevice down(String name, NetDeviceOps ops, Consumer<DeviceConfig> configure) {
        try {
            NetDevice device = part(NetDeviceTable.class).alloc(name, ops);
            configure.accept(device.config());
            part(NetDeviceTable.class).register(device);
            return device;
        } catch (NetException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Runs work that drivers have queued.
    void runWork() {
        for (Runnable r = work.poll(); r != null; r = work.poll()) {
            r.run();
        }
    }

    /// Lets time pass, softirqs run included.
    void advance(long nanos) {
        long end = host.clock().nanos() + nanos;
        while (host.clock().nanos() < end) {
            host.advance(Math.min(100_000, end - host.clock().nanos()));
            cpus.runSoftIrqs();
            runWork();
        }
    }

    /// A frame from the network layer: header to `destination` with `type`, then one byte that tells frames apart.
    SkBuff frame(NetDevice device, int type, int mark) {
        byte[] bytes = new byte[EthernetHeader.LENGTH + 46];
        bytes[EthernetHeader.LENGTH] = (byte) mark;
        SkBuff skb = host.packet(bytes);
        EthernetHeader.write(
                skb, skb.data(), 0x02_00_00_00_00_99L, device.macAddress().bits(), type);
        skb.resetMacHeader();
        skb.networkHeader(skb.data() + EthernetHeader.LENGTH);
        skb.protocol(type);
        skb.dev(device);
        skb.mark(mark);
        return skb;
    }

    /// The same as a driver hands it up.
    SkBuff received(NetDevice device, int type, int mark) {
        SkBuff skb = frame(device, type, mark);
        EthernetHeader.typeTrans(skb, device);
        return skb;
    }

    int send(SkBuff skb) {
        return link().devQueueXmit(skb, cpu);
    }

    long dropped(String reason) {
        return host.ledger().dropped(reason);
    }

    long counter(String name) {
        return host.counters().value(name);
    }
}

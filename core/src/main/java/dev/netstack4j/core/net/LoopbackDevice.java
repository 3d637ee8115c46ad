package dev.netstack4j.core.net;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceConfig;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.Lifecycle;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.core.net.device.Device;
import dev.netstack4j.core.net.napi.Backlog;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// `lo`: what is sent comes back through the backlog of the same CPU. No qdisc, no lock, no neighbour resolution; up
/// from the start.
@Singleton
@Linux("drivers/net/loopback.c#loopback_xmit")
public final class LoopbackDevice implements NetDeviceOps, Lifecycle {
    /// Its name.
    public static final String NAME = "lo";

    private static final int MTU = 65536;

    private final NetDeviceTable devices;
    private final DeviceActivation activation;
    private final ControlLock control;
    private final Backlog backlog;
    private final Counter packets;
    private final Counter bytes;
    private @Nullable NetDevice device;

    /// Injected.
    @Inject
    public LoopbackDevice(
            NetDeviceTable devices,
            DeviceActivation activation,
            ControlLock control,
            Backlog backlog,
            Counters counters) {
        this.devices = devices;
        this.activation = activation;
        this.control = control;
        this.backlog = backlog;
        packets = counters.counter("Loopback.Packets");
        bytes = counters.counter("Loopback.Bytes");
    }

    /// Makes it and takes it up; everything else of the stack has been started. Process context, holding no CPU.
    public void create() {
        control.lock();
        try {
            NetDevice lo = devices.alloc(NAME, this);
            configure(lo.config());
            devices.register(lo);
            device = lo;
            activation.open((Device) lo);
        } catch (NetException e) {
            throw new IllegalStateException("the loopback device cannot be made", e);
        } finally {
            control.unlock();
        }
    }

    private static void configure(DeviceConfig config) {
        config.macAddress(MacAddress.ZERO);
        config.mtuRange(68, MTU);
        config.mtu(MTU);
        config.flags(DeviceFlags.LOOPBACK | DeviceFlags.NOARP);
        config.features(DeviceFeatures.SG
                | DeviceFeatures.HW_CSUM
                | DeviceFeatures.RXCSUM
                | DeviceFeatures.LLTX
                | DeviceFeatures.TSO);
        config.txQueueLength(0);
    }

    /// Forgets it.
    @Override
    public void stop() {
        NetDevice lo = device;
        if (lo == null) {
            return;
        }
        control.lock();
        try {
            devices.unregister(lo);
        } finally {
            control.unlock();
        }
    }

    @Override
    public void open() {}

    @Override
    public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        NetDevice lo = skb.dev();
        packets.increment(cpu);
        bytes.add(cpu, skb.length());
        skb.orphan(cpu);
        skb.dst(null);
        if (skb.checksumState() == ChecksumState.PARTIAL) {
            skb.checksumState(ChecksumState.UNNECESSARY); // the bytes never left this memory
        }
        if (lo != null) {
            EthernetHeader.typeTrans(skb, lo);
        }
        backlog.add(skb, cpu);
        return TxStatus.OK;
    }

    @Override
    public void stats(DeviceStats into) {
        into.txPackets = packets.sum();
        into.txBytes = bytes.sum();
        into.rxPackets = into.txPackets;
        into.rxBytes = into.txBytes;
    }
}

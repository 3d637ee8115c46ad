package dev.netstack4j.nic.tap;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.DeviceConfig;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.device.LinkContext;
import dev.netstack4j.api.device.LinkOps;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.RandomStream;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.linux.tap.DescriptorWait;
import dev.netstack4j.linux.tap.Tap;
import dev.netstack4j.linux.tap.TapSettings;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;

/// Makes devices that are TAPs or TUNs of the host. CPU 0 waits for them.
final class TapLinks implements LinkOps {
    private static final long PLAIN = DeviceFeatures.SG | DeviceFeatures.GRO;
    private static final long OFFLOADS = PLAIN | DeviceFeatures.HW_CSUM | DeviceFeatures.RXCSUM | DeviceFeatures.TSO;

    private final NetDevices devices;
    private final SkBuffPool pool;
    private final TapNicReasons reasons;
    private final Cpus cpus;
    private final Sync sync;
    private final RandomStream addresses;
    private final Map<Integer, TapNic> made = new TreeMap<>(); // under the control lock

    @Inject
    TapLinks(NetDevices devices, SkBuffPool pool, Cpus cpus, Sync sync, RandomStreams random) {
        this.devices = devices;
        this.pool = pool;
        this.cpus = cpus;
        this.sync = sync;
        reasons = new TapNicReasons(pool.ledger());
        addresses = random.stream("nic-tap.address");
    }

    @Override
    public boolean touchesOutside() {
        return true;
    }

    @Override
    public NetDevice create(LinkContext context, Options given) throws NetException {
        TapSettings settings = TapNicOptions.of(given);
        Tap tap = Tap.open(settings);
        TapNic nic = nic(tap, context, settings);
        boolean registered = false;
        try {
            NetDevice device = devices.alloc(settings.ethernet() ? "eth%d" : "tun%d", nic);
            configure(device.config(), settings);
            nic.join(device);
            devices.register(device);
            made.put(device.ifIndex(), nic);
            registered = true;
            return device;
        } finally {
            if (!registered) {
                nic.leave();
            }
        }
    }

    private TapNic nic(Tap tap, LinkContext context, TapSettings settings) throws NetException {
        try {
            NetException.check(
                    tap.takes(settings.headers(), settings.headers()), "set the offloads of '" + settings.name() + "'");
            DescriptorWait waiting = DescriptorWait.of(cpus, 0, sync);
            return new TapNic(tap, context.newIrq("tap " + settings.name()), pool, cpus, reasons, waiting, settings);
        } catch (NetException | RuntimeException e) {
            tap.close();
            throw e;
        }
    }

    private void configure(DeviceConfig config, TapSettings settings) {
        if (settings.ethernet()) {
            long random = addresses.nextLong();
            config.macAddress(MacAddress.of(0x0200_0000_0000L | random & 0x00FF_FFFF_FFFFL));
        } else {
            config.flags(DeviceFlags.POINT_TO_POINT | DeviceFlags.NOARP);
            config.linkHeaderLength(0);
        }
        config.mtuRange(TapSettings.LEAST_MTU, settings.mtu());
        config.mtu(settings.mtu());
        long features = settings.headers() ? OFFLOADS : PLAIN;
        config.hardwareFeatures(settings.ethernet() ? features : features & ~DeviceFeatures.GRO);
    }

    @Override
    public void remove(NetDevice device) {
        TapNic nic = made.remove(device.ifIndex());
        if (nic != null) {
            devices.unregister(device);
            nic.leave();
        }
    }
}

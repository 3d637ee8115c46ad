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
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.RandomStream;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes devices that are TAPs or TUNs of the host. The first one takes over the idle wait of CPU 0.
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
    private @Nullable TapPoller poller; // written under the control lock

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
        TapNicOptions options = TapNicOptions.of(given);
        if (!"Linux".equals(System.getProperty("os.name"))) {
            throw new NetException(
                    Errno.EOPNOTSUPP, "open the TAP '" + options.name() + "' on a system that is not Linux");
        }
        TapPoller waiting = poller();
        TapHandle tap = TapHandle.open(options);
        TapNic nic = new TapNic(tap, context.newIrq("tap " + options.name()), pool, cpus, reasons, waiting, options);
        boolean registered = false;
        try {
            NetDevice device = devices.alloc(options.ethernet() ? "eth%d" : "tun%d", nic);
            configure(device.config(), options);
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

    private void configure(DeviceConfig config, TapNicOptions options) {
        if (options.ethernet()) {
            long random = addresses.nextLong();
            config.macAddress(MacAddress.of(0x0200_0000_0000L | random & 0x00FF_FFFF_FFFFL));
        } else {
            config.flags(DeviceFlags.POINT_TO_POINT | DeviceFlags.NOARP);
            config.linkHeaderLength(0);
        }
        config.mtuRange(TapNicOptions.LEAST_MTU, options.mtu());
        config.mtu(options.mtu());
        long features = options.offloads() ? OFFLOADS : PLAIN;
        config.hardwareFeatures(options.ethernet() ? features : features & ~DeviceFeatures.GRO);
    }

    private TapPoller poller() throws NetException {
        TapPoller p = poller;
        if (p == null) {
            p = new TapPoller(sync);
            poller = p;
            cpus.idleWith(0, p);
        }
        return p;
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

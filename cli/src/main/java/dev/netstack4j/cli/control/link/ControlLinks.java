package dev.netstack4j.cli.control.link;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.DeviceConfig;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Sync;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The links of one stack that are moved through the control socket.
public final class ControlLinks {
    private static final int NAPI_WEIGHT = 64;
    private static final long FIRST_MAC = 0x02_00_00_00_00_00L;

    final Cpus cpus;
    final SkBuffPool pool;
    final Clock clock;
    final ConsumeReason emitted;
    final DropReason down;
    private final NetDevices devices;
    private final ControlLock control;
    private final Sync sync;
    private final List<ControlLink> links = new CopyOnWriteArrayList<>();

    @Inject
    ControlLinks(
            NetDevices devices,
            ControlLock control,
            Cpus cpus,
            SkBuffPool pool,
            Clock clock,
            Sync sync,
            PacketReasons reasons) {
        this.devices = devices;
        this.control = control;
        this.cpus = cpus;
        this.pool = pool;
        this.clock = clock;
        this.sync = sync;
        emitted = reasons.consume("CONTROL_EMITTED", "copied for the client of the control socket");
        down = reasons.drop("CONTROL_LINK_DOWN", "the link went down before the packet was received");
    }

    /// Makes a link; its device is down. Process context, holding no CPU.
    ///
    /// @param virtual whether frames are stamped with the runtime's clock instead of the date
    /// @throws NetException EEXIST when the name is taken
    public ControlLink add(LinkSettings settings, boolean virtual) throws NetException {
        control.lock();
        try {
            if (devices.byName(settings.name()) != null) {
                throw new NetException(Errno.EEXIST, "add link " + settings.name());
            }
            FrameQueue queue = new FrameQueue(sync.waitQueue("control link " + settings.name()));
            ControlLink link = new ControlLink(this, settings.ethernet(), virtual, queue);
            NetDevice device = devices.alloc(settings.name(), link);
            configure(device, settings);
            link.attach(device, device.addNapi(settings.name(), link::poll, NAPI_WEIGHT));
            devices.register(device);
            links.add(link);
            return link;
        } finally {
            control.unlock();
        }
    }

    private void configure(NetDevice device, LinkSettings s) {
        DeviceConfig c = device.config();
        c.mtuRange(LinkSettings.LEAST_MTU, LinkSettings.MOST_MTU);
        c.mtu(s.mtu());
        long features = DeviceFeatures.SG | DeviceFeatures.LLTX;
        if (s.gsoMax() == 0) {
            c.features(features);
        } else {
            c.features(features | DeviceFeatures.GSO);
            c.gsoMaxSize(s.gsoMax());
        }
        if (s.ethernet()) {
            boolean given = s.mac().isValidStation();
            c.macAddress(given ? s.mac() : MacAddress.of(FIRST_MAC | device.ifIndex()));
        } else {
            c.flags(DeviceFlags.POINT_TO_POINT | DeviceFlags.NOARP);
            c.linkHeaderLength(0);
        }
    }

    /// The link of that name; without a name the only one. Null when there is none, or no only one.
    public @Nullable ControlLink find(@Nullable String name) {
        if (name == null) {
            return links.size() == 1 ? links.getFirst() : null;
        }
        return links.stream()
                .filter(l -> l.device().name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /// All of them, in the order in which they were added.
    public List<ControlLink> all() {
        return List.copyOf(links);
    }
}

package dev.netstack4j.core.net;

import dev.netstack4j.api.device.DeviceConfig;
import dev.netstack4j.api.device.DeviceEvent;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.DeviceNotifier;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.runtime.WorkQueue;
import dev.netstack4j.api.spi.Lifecycle;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.core.net.device.Device;
import dev.netstack4j.core.net.device.DeviceHost;
import dev.netstack4j.core.net.device.DeviceNotifiers;
import dev.netstack4j.core.net.device.LinkWatch;
import dev.netstack4j.core.net.failure.HandlerFailures;
import dev.netstack4j.core.net.napi.NetRxAction;
import dev.netstack4j.core.net.transmit.QdiscAttachment;
import dev.netstack4j.core.registry.Contributed;
import dev.netstack4j.core.registry.ContributionTable;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The devices of one stack, as an immutable list that is replaced on change.
@Singleton
public final class NetDeviceTable implements NetDevices, Lifecycle {
    private static final String NUMBER = "%d";

    private final DeviceHost host;
    private final DeviceNotifiers notifiers;
    private final DeviceActivation activation;
    private final QdiscAttachment qdiscs;
    private final DeviceSettings settings;
    private final HandlerFailures failures;
    private final ContributionTable contributions;
    private final ControlLock control;
    private final Cpus cpus;
    private volatile List<NetDevice> devices = List.of();
    private int lastIndex;

    /// Injected.
    @Inject
    public NetDeviceTable(
            Sync sync,
            Timers timers,
            WorkQueue work,
            ControlLock control,
            Clock clock,
            Cpus cpus,
            Counters counters,
            LinkWatch links,
            NetRxAction rx,
            DeviceNotifiers notifiers,
            DeviceActivation activation,
            QdiscAttachment qdiscs,
            DeviceSettings settings,
            HandlerFailures failures,
            ContributionTable contributions) {
        this.notifiers = notifiers;
        this.activation = activation;
        this.qdiscs = qdiscs;
        this.settings = settings;
        this.failures = failures;
        this.contributions = contributions;
        this.control = control;
        this.cpus = cpus;
        host = new DeviceHost(
                sync,
                timers,
                work,
                control,
                clock,
                links,
                (device, name, poll, weight) -> rx.make(name, poll, () -> weight, device.site()),
                counters.counter("Softnet.TxTimeouts"));
    }

    /// Loads the notifiers that modules contribute.
    @Override
    public void start() {
        for (Contributed<DeviceNotifier> c : contributions.all(DeviceNotifier.POINT)) {
            notifiers.add(c.instance(), c.owner());
        }
    }

    @Override
    public NetDevice alloc(String nameTemplate, NetDeviceOps ops) {
        control.assertHeld();
        return new Device(nameTemplate, freeName(nameTemplate), ++lastIndex, ops, host, failures.ofObject(ops));
    }

    private String freeName(String template) {
        int at = template.indexOf(NUMBER);
        if (at < 0) {
            return template;
        }
        int n = 0;
        while (byName(numbered(template, at, n)) != null) {
            n++;
        }
        return numbered(template, at, n);
    }

    private static String numbered(String template, int at, int n) {
        return template.substring(0, at) + n + template.substring(at + NUMBER.length());
    }

    @Override
    public void register(NetDevice device) throws NetException {
        control.assertHeld();
        if (!(device instanceof Device own)) {
            throw new NetException(Errno.EINVAL, "register " + device + ", which was not made here");
        }
        own.name(freeName(own.nameTemplate())); // another one may have taken the number meanwhile
        if (byName(device.name()) != null) {
            throw new NetException(Errno.EEXIST, "register device " + device.name());
        }
        addSoftwareFeatures(own.config());
        settings.declare(own);
        List<NetDevice> longer = new ArrayList<>(devices);
        longer.add(device);
        longer.sort((a, b) -> Integer.compare(a.ifIndex(), b.ifIndex()));
        devices = List.copyOf(longer);
        notifiers.changed(device, DeviceEvent.REGISTER);
    }

    /// Who gathers can be given what core cuts, without a copy.
    @Linux("net/core/dev.c#register_netdevice")
    private static void addSoftwareFeatures(DeviceConfig config) {
        long features = config.features();
        if ((features & DeviceFeatures.SG) != 0) {
            config.hardwareFeatures(config.hardwareFeatures() | DeviceFeatures.GSO);
        }
    }

    @Override
    public void unregister(NetDevice device) {
        control.assertHeld();
        if (!(device instanceof Device own) || byIndex(device.ifIndex()) != device) {
            return;
        }
        activation.close(own);
        notifiers.changed(device, DeviceEvent.UNREGISTER);
        List<NetDevice> shorter = new ArrayList<>(devices);
        shorter.remove(device);
        devices = List.copyOf(shorter);
        own.rxHandler(null);
        cpus.synchronizeNet();
        qdiscs.detach(own);
    }

    @Override
    public List<NetDevice> all() {
        return devices;
    }

    @Override
    public @Nullable NetDevice byName(String name) {
        for (NetDevice d : devices) {
            if (d.name().equals(name)) {
                return d;
            }
        }
        return null;
    }

    @Override
    public @Nullable NetDevice byIndex(int ifIndex) {
        for (NetDevice d : devices) {
            if (d.ifIndex() == ifIndex) {
                return d;
            }
        }
        return null;
    }
}

package dev.netstack4j.core.net.device;

import dev.netstack4j.api.device.DeviceConfig;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NapiPoll;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.core.net.failure.FailureSite;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A network device as core keeps it. What changes is written in process context under the control lock and read
/// without.
@Linux("include/linux/netdevice.h#net_device")
public final class Device implements NetDevice {
    private final String nameTemplate;
    private final int ifIndex;
    private final NetDeviceOps ops;
    private final DeviceHost host;
    private final FailureSite site;
    private final DeviceConfig config = new DeviceConfig();
    private final ReceiveFilter receiveFilter = new ReceiveFilter();
    private final WantedVlans vlans = new WantedVlans();
    private final TransmitWatchdog watchdog;
    private volatile String name;
    private volatile DeviceTxQueue[] queues = {};
    private volatile boolean up;
    private volatile boolean carrier = true;
    private volatile @Nullable RxHandlerEntry rxHandler;
    private @Nullable QdiscChoice qdiscChoice;

    /// @param nameTemplate what the driver asked for
    /// @param name         what that is for now
    /// @param site         around the driver's code
    public Device(String nameTemplate, String name, int ifIndex, NetDeviceOps ops, DeviceHost host, FailureSite site) {
        this.nameTemplate = nameTemplate;
        this.name = name;
        this.ifIndex = ifIndex;
        this.ops = ops;
        this.host = host;
        this.site = site;
        this.watchdog = new TransmitWatchdog(this, host);
        txQueue(0);
    }

    @Override
    public String name() {
        return name;
    }

    /// What the driver asked to have it called, perhaps with `%d`.
    public String nameTemplate() {
        return nameTemplate;
    }

    /// Renames it, before it is registered.
    public void name(String newName) {
        name = newName;
    }

    @Override
    public int ifIndex() {
        return ifIndex;
    }

    @Override
    public NetDeviceOps ops() {
        return ops;
    }

    @Override
    public DeviceConfig config() {
        return config;
    }

    /// Which frames it is to take.
    public ReceiveFilter receiveFilter() {
        return receiveFilter;
    }

    /// Of which VLANs its frames are wanted.
    public WantedVlans vlans() {
        return vlans;
    }

    /// Stands around the driver's code.
    public FailureSite site() {
        return site;
    }

    @Override
    public boolean isUp() {
        return up;
    }

    /// Takes it up or down, as far as the data path sees.
    public void up(boolean value) {
        up = value;
    }

    @Override
    public boolean hasCarrier() {
        return carrier;
    }

    @Override
    public void carrier(boolean present) {
        if (carrier != present) {
            carrier = present;
            host.links().changed(this);
        }
    }

    @Override
    public DeviceTxQueue txQueue(int index) {
        DeviceTxQueue[] all = queues;
        return index < all.length ? all[index] : grow(index + 1)[index];
    }

    /// The driver may have more queues at its next opening; those that there were stay the same objects.
    private DeviceTxQueue[] grow(int count) {
        DeviceTxQueue[] old = queues;
        DeviceTxQueue[] longer = Arrays.copyOf(old, count);
        for (int i = old.length; i < count; i++) {
            longer[i] = new DeviceTxQueue(this, i, host.sync());
        }
        queues = longer;
        return longer;
    }

    /// Every queue that it ever had.
    public DeviceTxQueue[] everyQueue() {
        return queues;
    }

    /// Looks after it while a queue is stopped.
    public TransmitWatchdog watchdog() {
        return watchdog;
    }

    @Override
    public Napi addNapi(String napiName, NapiPoll poll, int weight) {
        return host.napis().make(this, napiName, poll, weight);
    }

    /// The handler that sees all its frames, or null.
    public @Nullable RxHandlerEntry rxHandler() {
        return rxHandler;
    }

    /// Publishes such a handler.
    public void rxHandler(@Nullable RxHandlerEntry entry) {
        rxHandler = entry;
    }

    /// The qdisc that somebody chose for it; null: the default.
    public @Nullable QdiscChoice qdiscChoice() {
        return qdiscChoice;
    }

    /// Remembers a choice of qdisc.
    public void qdiscChoice(@Nullable QdiscChoice choice) {
        qdiscChoice = choice;
    }

    @Override
    public String toString() {
        return name;
    }
}

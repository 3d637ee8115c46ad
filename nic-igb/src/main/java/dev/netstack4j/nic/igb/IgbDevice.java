package dev.netstack4j.nic.igb;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceConfig;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.RxMode;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// One device as the stack sees it. Control operations come under the control lock; `running` says to the data path
/// whether the device is open. Not implemented: TSO over IPv6, virtual functions, timestamps, wake-up frames.
@Linux("drivers/net/ethernet/intel/igb/igb_main.c#igb_netdev_ops")
final class IgbDevice implements NetDeviceOps {
    private static final int LEAST_MTU = 68;
    private static final int MOST_MTU = 9728 - ReceiveFilter.OVERHEAD;
    private static final long FEATURES = DeviceFeatures.SG
            | DeviceFeatures.HW_CSUM
            | DeviceFeatures.RXCSUM
            | DeviceFeatures.TSO
            | DeviceFeatures.GRO
            | DeviceFeatures.RXHASH
            | DeviceFeatures.VLAN_TX
            | DeviceFeatures.VLAN_RX
            | DeviceFeatures.VLAN_FILTER;

    private final Chip chip;
    private final IgbServices services;
    private final QueueVectors vectors;
    private final QueueCounters[] counters = new QueueCounters[IgbOptions.MOST_QUEUES];
    private final ChipStatistics statistics = new ChipStatistics();
    private final ReceiveFilter filter = new ReceiveFilter();
    private final RssSettings rss;
    private final Opening opening;
    private final Recovery recovery;
    private final Phy phy;
    private final FlowControl flow;
    private final PciErrors pciErrors;
    private IgbSettings settings;
    private @Nullable NetDevice device;
    private Unwind opened = new Unwind();
    private volatile @Nullable DataPath running;

    IgbDevice(Chip chip, QueueVectors vectors, IgbSettings settings, byte[] rssKey, IgbServices services) {
        this.chip = chip;
        this.vectors = vectors;
        this.settings = settings;
        this.services = services;
        rss = new RssSettings(rssKey, 1);
        for (int q = 0; q < counters.length; q++) {
            counters[q] = new QueueCounters();
        }
        phy = new Phy(chip.registers());
        flow = new FlowControl(phy);
        recovery = new Recovery(this, services);
        opening = new Opening(chip, vectors, counters, services, recovery);
        pciErrors = new PciErrors(vectors.device());
    }

    // ---- steps of the probe

    NetDevice allocate(MacAddress mac) {
        NetDevice made = services.netDevices().alloc("eth%d", this);
        device = made;
        DeviceConfig config = made.config();
        config.macAddress(mac);
        config.mtuRange(LEAST_MTU, MOST_MTU);
        config.hardwareFeatures(FEATURES);
        config.ethtool(new IgbEthtool(this, chip));
        vectors.serve(made, this::poll, this::queuesChanged);
        return made;
    }

    private void queuesChanged(int queues) {
        netDevice().config().txQueues(queues);
        rss.spread(queues);
    }

    /// Writes what does not change with opening and stopping. A reset forgets it, so opening writes it again.
    void prepare() throws NetException {
        NetDevice dev = netDevice();
        chip.stationAddress(dev.macAddress());
        filter.vlanFiltering(dev.hasFeature(DeviceFeatures.VLAN_FILTER));
        filter.writeTables(chip.registers());
        chip.prepareFlowControl();
        rss.write(chip.registers());
        chip.startLink(dev.hasFeature(DeviceFeatures.VLAN_RX));
        if (flow.advertise(settings.rxPause(), settings.txPause()) || !chip.isLinkUp()) {
            phy.restartNegotiation();
        }
        dev.carrier(false);
    }

    /// Looks whether there is a link; what both ends agreed on about pauses counts from now on.
    void lookAtLink() {
        boolean up = chip.isLinkUp();
        if (up) {
            flow.apply(chip, settings.rxPause(), settings.txPause());
        }
        netDevice().carrier(up);
    }

    NetDevice netDevice() {
        NetDevice dev = device;
        if (dev == null) {
            throw new IllegalStateException("the network device is made in step 5 of the probe");
        }
        return dev;
    }

    // ---- opening and stopping

    /// Each kind of interrupt is tried in turn; of one that is refused nothing is kept.
    @Override
    public void open() throws NetException {
        while (true) {
            Unwind undo = new Unwind();
            try {
                open(undo);
                opened = undo;
                return;
            } catch (IrqRefused e) {
                undo.run();
                vectors.fallBack(e);
            } catch (NetException | RuntimeException e) {
                undo.run();
                throw e;
            }
        }
    }

    private void open(Unwind undo) throws NetException, IrqRefused {
        NetDevice dev = netDevice();
        // 1. Vectors, if an earlier failure has left the device without.
        vectors.ensure(settings.queues());
        // 2. Rings, with buffers in every receive descriptor but one.
        DataPath path = opening.rings(dev, settings, undo);
        path.fill(services);
        // 3. Interrupts; still masked in the device.
        opening.interrupts(path, undo);
        // 4. Polls.
        opening.polls(path, undo);
        // 5. The device's units and queues.
        undo.push(this::stopUnits);
        startUnits(dev, path);
        // 6. Interrupts and transmit queues.
        running = path;
        undo.push(() -> quiesce(path));
        chip.interrupts().unmask(vectors.isMultiple(), path.queues());
        for (int q = 0; q < path.queues(); q++) {
            path.pair(q).queue().start();
        }
        // 7. The link: from now on LSC tells of changes, and the watchdog of what nobody tells.
        lookAtLink();
        opening.watchdog(dev, path, undo);
    }

    private void startUnits(NetDevice dev, DataPath path) throws NetException {
        prepare();
        chip.loaded(true);
        chip.interrupts().configure(vectors.isMultiple(), path.queues());
        coalesceVectors();
        chip.receiveChecksums(dev.hasFeature(DeviceFeatures.RXCSUM));
        chip.longestFrame(dev.mtu() + ReceiveFilter.OVERHEAD);
        path.start(chip, settings.drop(), filter.control(dev.mtu()));
    }

    private void coalesceVectors() {
        for (int v = 0; v <= (vectors.isMultiple() ? vectors.queues() : 0); v++) {
            boolean other = v == 0 && vectors.isMultiple();
            chip.interrupts().coalesce(v, other ? 0 : settings.coalesceNanos());
        }
    }

    @Override
    public void stop() {
        opened.run();
    }

    /// After it no transmission and no wake-up of a queue is under way, and none will begin.
    private void quiesce(DataPath path) {
        running = null;
        services.cpus().synchronizeNet();
        for (int q = 0; q < path.queues(); q++) {
            path.pair(q).queue().stop();
        }
        netDevice().carrier(false);
        chip.interrupts().maskAll();
    }

    /// A device that does not come back from a reset, or is gone, was halted before.
    private void stopUnits() {
        statistics.collect(chip, counters, vectors.queues());
        chip.loaded(false);
        try {
            chip.reset();
        } catch (NetException e) {
            chip.halt();
        }
    }

    // ---- data path

    @Override
    public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        DataPath path = running;
        int queue = skb.queueMapping();
        if (path == null || queue >= path.queues()) {
            netDevice().txQueue(queue).stop();
            return TxStatus.BUSY;
        }
        return path.pair(queue).startXmit(skb, more, cpu);
    }

    @Override
    public int selectQueue(SkBuff skb, Cpu cpu) {
        return settings.byCpu() ? cpu.id() % vectors.queues() : -1;
    }

    private int poll(int queue, dev.netstack4j.api.device.Napi context, int budget, Cpu cpu) {
        DataPath path = running;
        if (path != null) {
            return path.pair(queue).poll(budget, cpu);
        }
        if (budget > 0) {
            context.complete(0, cpu);
        }
        return 0;
    }

    @Override
    public void txTimeout(int queue) {
        recovery.reset(queue);
    }

    boolean isOpen() {
        return running != null;
    }

    // ---- settings

    IgbSettings settings() {
        return settings;
    }

    QueueVectors vectors() {
        return vectors;
    }

    RssSettings rss() {
        return rss;
    }

    /// Writes the key and the table as they are now.
    void applyRss() {
        if (running != null) {
            rss.write(chip.registers());
        }
    }

    /// New settings; an open device is stopped and opened again. When that fails it is opened with the old ones.
    void change(IgbSettings wanted) throws NetException {
        IgbSettings before = settings;
        boolean wasOpen = running != null;
        boolean regroup = wanted.queues() != before.queues() && wanted.queues() != vectors.queues();
        if (wasOpen) {
            stop();
        }
        try {
            apply(wanted, regroup, wasOpen);
            checkGranted(wanted, regroup);
        } catch (NetException e) {
            if (running != null) {
                stop();
            }
            apply(before, regroup, wasOpen);
            throw e;
        }
    }

    private void apply(IgbSettings wanted, boolean regroup, boolean open) throws NetException {
        settings = wanted;
        if (regroup) {
            vectors.release();
            vectors.ensure(wanted.queues());
        }
        if (open) {
            open();
        }
    }

    private void checkGranted(IgbSettings wanted, boolean regroup) throws NetException {
        if (regroup && vectors.queues() < wanted.queues()) {
            throw new NetException(
                    Errno.EINVAL,
                    "use " + wanted.queues() + " queue pairs (its interrupts allow for " + vectors.queues() + ")");
        }
    }

    /// New moderation, at once.
    void coalesce(long nanos) {
        settings = settings.withCoalesceNanos(nanos);
        if (running != null) {
            coalesceVectors();
        }
    }

    /// New flow control: the link is negotiated again.
    ///
    /// @throws NetException EIO when the PHY does not answer
    void pause(boolean receive, boolean send) throws NetException {
        settings = settings.withPause(receive, send);
        if (flow.advertise(receive, send)) {
            phy.restartNegotiation();
        }
        if (running != null) {
            lookAtLink();
        }
    }

    @Override
    public void stats(DeviceStats into) {
        statistics.collect(chip, counters, vectors.queues());
        for (int q = 0; q < counters.length; q++) {
            if (q < vectors.queues() || counters[q].polls > 0) {
                counters[q].fill(into, q);
            }
            into.rxErrors += counters[q].rxBad;
        }
        statistics.fill(into);
        recovery.fill(into);
        into.chip("pci_errors", pciErrors.collect());
        DataPath open = running;
        if (open != null) {
            open.depths(into);
        }
    }

    @Override
    public void setRxMode(RxMode mode) {
        filter.mode(mode);
        filter.writeGroups(chip.registers());
        applyReceiveControl(netDevice().mtu());
    }

    @Override
    public void vlanFilter(int id, boolean wanted) {
        filter.vlan(id, wanted);
        filter.writeVlan(chip.registers(), id);
        applyReceiveControl(netDevice().mtu());
    }

    private void applyReceiveControl(int mtu) {
        if (running != null) {
            chip.longestFrame(mtu + ReceiveFilter.OVERHEAD);
            chip.receiveControl(filter.control(mtu));
        }
    }

    @Override
    public void setMacAddress(MacAddress address) throws NetException {
        if (!address.isValidStation()) {
            throw new NetException(Errno.EADDRNOTAVAIL, "give " + netDevice().name() + " the address " + address);
        }
        chip.stationAddress(address);
    }

    @Override
    public void changeMtu(int bytes) throws NetException {
        if (bytes < LEAST_MTU || bytes > MOST_MTU) {
            throw new NetException(
                    Errno.EINVAL,
                    "set an MTU of " + bytes + " on " + netDevice().name() + " (" + LEAST_MTU + " to " + MOST_MTU
                            + " are possible)");
        }
        applyReceiveControl(bytes);
    }

    @Override
    public void setFeatures(long features) {
        chip.stripTags((features & DeviceFeatures.VLAN_RX) != 0);
        filter.vlanFiltering((features & DeviceFeatures.VLAN_FILTER) != 0);
        applyReceiveControl(netDevice().mtu());
        chip.receiveChecksums((features & DeviceFeatures.RXCSUM) != 0);
    }
}

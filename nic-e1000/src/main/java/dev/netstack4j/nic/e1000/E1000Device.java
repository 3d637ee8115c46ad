package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.CoalesceParameters;
import dev.netstack4j.api.device.DeviceConfig;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.RxMode;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// One device as the stack sees it. Control operations come under the control lock; `running` says to the data path
/// whether the device is open. Not implemented: wake-up frames, PHY diagnostics, speeds by hand.
@Linux("drivers/net/ethernet/intel/e1000/e1000_main.c#e1000_netdev_ops")
final class E1000Device implements NetDeviceOps {
    private static final int NAPI_WEIGHT = 64;
    private static final int LEAST_MTU = 68;
    private static final int MOST_MTU = 16110;
    private static final long VLAN = DeviceFeatures.VLAN_TX | DeviceFeatures.VLAN_RX;
    private static final long FEATURES = DeviceFeatures.SG
            | DeviceFeatures.HW_CSUM
            | DeviceFeatures.TSO
            | DeviceFeatures.RXCSUM
            | DeviceFeatures.GRO
            | DeviceFeatures.VLAN_FILTER
            | VLAN;

    private final Chip chip;
    private final E1000Services services;
    private final Traffic traffic = new Traffic();
    private final ChipStatistics statistics = new ChipStatistics();
    private final ReceiveFilter filter = new ReceiveFilter();
    private final Opening opening;
    private final Recovery recovery;
    private final PciErrors pciErrors;
    private final FlowControl flow;
    private E1000Settings settings;
    private @Nullable NetDevice device;
    private @Nullable Napi napi;
    private Unwind opened = new Unwind();
    private volatile @Nullable DataPath running;

    E1000Device(Chip chip, PciDevice pdev, IrqVectors vectors, E1000Settings settings, E1000Services services) {
        this.chip = chip;
        opening = new Opening(chip, pdev.dma(), vectors, services, traffic);
        recovery = new Recovery(this, chip, services, traffic);
        pciErrors = new PciErrors(pdev);
        flow = new FlowControl(new Phy(chip.registers()));
        this.settings = settings;
        this.services = services;
    }

    // ---- steps of the probe

    void allocate(MacAddress mac) {
        NetDevice made = services.netDevices().alloc("eth%d", this);
        device = made;
        DeviceConfig config = made.config();
        config.macAddress(mac);
        config.mtuRange(LEAST_MTU, MOST_MTU);
        config.hardwareFeatures(FEATURES);
        config.ethtool(new E1000Ethtool(this, chip));
    }

    void addNapi() {
        napi = netDevice().addNapi("e1000", this::poll, NAPI_WEIGHT);
    }

    void removeNapi() {
        napi().remove();
    }

    /// Writes what does not change with opening and stopping. A reset forgets it, so opening writes it again.
    void prepare() {
        NetDevice dev = netDevice();
        chip.stationAddress(dev.macAddress());
        filter.vlanFiltering(dev.hasFeature(DeviceFeatures.VLAN_FILTER));
        filter.writeTables(chip.registers());
        chip.prepareFlowControl();
        startLink(dev.config().features());
        dev.carrier(false);
    }

    NetDevice netDevice() {
        NetDevice dev = device;
        if (dev == null) {
            throw new IllegalStateException("the network device is made in step 6 of the probe");
        }
        return dev;
    }

    private Napi napi() {
        Napi n = napi;
        if (n == null) {
            throw new IllegalStateException("the polling context is added in step 7 of the probe");
        }
        return n;
    }

    // ---- opening and stopping

    @Override
    public void open() throws NetException {
        Unwind undo = new Unwind();
        try {
            open(undo);
            opened = undo;
        } catch (NetException | RuntimeException e) {
            undo.run();
            throw e;
        }
    }

    private void open(Unwind undo) throws NetException {
        NetDevice dev = netDevice();
        // 1. Transmit resources.
        TxRing tx = opening.transmitRing(settings, undo);
        // 2. Receive resources, with buffers in every descriptor but one.
        RxRing rx = opening.receiveRing(settings, dev.name(), undo);
        // 3. The interrupt; still masked in the device.
        DataPath path = new DataPath(chip, dev, napi(), tx, rx, traffic, services, recovery);
        opening.interrupt(path, dev, undo);
        // 4. Polls.
        opening.polls(path, napi(), undo);
        // 5. The device's two units.
        undo.push(this::stopUnits);
        startUnits(tx, rx);
        // 6. Interrupts and the transmit queue.
        running = path;
        undo.push(() -> quiesce(path));
        chip.unmaskInterrupts();
        dev.txQueue(0).start();
        opening.watch(path);
        // 7. The link: from now on LSC tells of changes.
        dev.carrier(chip.isLinkUp());
    }

    private void startUnits(TxRing tx, RxRing rx) {
        prepare();
        chip.coalesce(settings.coalesce());
        chip.startTransmit(tx.memory().address(), tx.memory().bytes());
        boolean checksums = netDevice().hasFeature(DeviceFeatures.RXCSUM);
        chip.prepareReceive(rx.memory().address(), rx.memory().bytes(), checksums);
        chip.receiveControl(filter.control(netDevice().mtu()));
        rx.ringDoorbell();
    }

    /// The link may have come or gone. With a new link both ends have agreed anew. Under the control lock.
    void lookAtLink() {
        boolean up = chip.isLinkUp();
        if (up) {
            startLink(netDevice().config().features());
        }
        netDevice().carrier(up);
    }

    /// Whether it is open. Under the control lock.
    boolean isOpen() {
        return running != null;
    }

    @Override
    public void stop() {
        opened.run();
    }

    /// After it no transmission and no wake-up of the queue is under way, and none will begin.
    private void quiesce(DataPath path) {
        NetDevice dev = netDevice();
        running = null;
        path.stopWatchdog();
        services.cpus().synchronizeNet();
        dev.txQueue(0).stop();
        dev.carrier(false);
        chip.maskInterrupts();
    }

    /// A device that does not come back from a reset, or is gone, was halted before.
    private void stopUnits() {
        statistics.collect(chip);
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
        if (path == null) {
            netDevice().txQueue(0).stop();
            return TxStatus.BUSY;
        }
        return path.startXmit(skb, more, cpu);
    }

    private int poll(Napi context, int budget, Cpu cpu) {
        DataPath path = running;
        if (path != null) {
            return path.poll(budget, cpu);
        }
        if (budget > 0) {
            context.complete(0, cpu);
        }
        return 0;
    }

    // ---- settings

    E1000Settings settings() {
        return settings;
    }

    /// New settings; an open device is stopped and opened again. When that fails it is opened with the old ones.
    void change(E1000Settings wanted) throws NetException {
        E1000Settings before = settings;
        settings = wanted;
        if (running == null) {
            return;
        }
        stop();
        try {
            open();
        } catch (NetException e) {
            settings = before;
            open();
            throw e;
        }
    }

    /// New moderation, at once.
    void coalesce(CoalesceParameters wanted) {
        settings = settings.withCoalesce(wanted);
        DataPath open = running;
        if (open != null) {
            chip.coalesce(wanted);
            open.delayReports(wanted.txDelayNanos() > 0);
        }
    }

    /// New flow control, at once.
    void pause(boolean receive, boolean send) {
        settings = settings.withPause(receive, send);
        startLink(netDevice().config().features());
    }

    private void startLink(long features) {
        flow.agree(settings.rxPause(), settings.txPause());
        chip.startLink((features & DeviceFeatures.VLAN_RX) != 0, flow.receives(), flow.sends());
    }

    @Override
    public void stats(DeviceStats into) {
        statistics.collect(chip);
        statistics.fill(into, traffic);
        into.chip("pci_errors", pciErrors.collect());
        into.chip("rx_pause_active", flow.receives() ? 1 : 0);
        into.chip("tx_pause_active", flow.sends() ? 1 : 0);
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

    /// The device inserts VLAN tags only when it also strips them, so both go together.
    @Override
    public void setFeatures(long features) throws NetException {
        long vlan = features & VLAN;
        if (vlan != 0 && vlan != VLAN) {
            throw new NetException(Errno.EINVAL, "switch VLAN insertion and stripping one without the other");
        }
        startLink(features);
        chip.receiveChecksums((features & DeviceFeatures.RXCSUM) != 0);
        filter.vlanFiltering((features & DeviceFeatures.VLAN_FILTER) != 0);
        applyReceiveControl(netDevice().mtu());
    }

    @Override
    public void txTimeout(int queue) {
        recovery.queueStands();
    }
}

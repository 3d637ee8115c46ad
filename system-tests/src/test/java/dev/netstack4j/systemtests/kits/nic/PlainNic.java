package dev.netstack4j.systemtests.kits.nic;

import static dev.netstack4j.systemtests.kits.bus.PlainChip.*;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.EthtoolOps;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.RxMode;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timer;
import java.util.function.Consumer;

/// One plain card as the stack sees it.
final class PlainNic implements NetDeviceOps {
    private static final int MOST_MTU = 1986;
    private static final long RETRY_NANOS = 5_000_000;

    final PlainDriver driver;
    final NicDefect defect;
    final PciDevice pci;
    final IoMemory registers;
    final DeviceStats counts = new DeviceStats();
    final DropReason stopped;
    final DropReason bad;
    NetDevice device;
    Napi napi;
    private final IrqVectors vectors;
    private final IrqHandler handler = this::interrupt;
    private final Timer retry;
    private PlainTx tx;
    private PlainRx rx;
    private boolean running;
    private boolean failed;
    private boolean promiscuous;

    PlainNic(PlainDriver driver, NicDefect defect, PciDevice pci, IoMemory registers, IrqVectors vectors) {
        this.driver = driver;
        this.defect = defect;
        this.pci = pci;
        this.registers = registers;
        this.vectors = vectors;
        stopped = driver.reasons.drop("PLAIN_STOPPED", "the card was stopped");
        bad = driver.reasons.drop("PLAIN_BAD", "a packet that the card cannot carry");
        retry = driver.timers.coarse("plain refill", cpu -> napi.schedule(cpu));
    }

    boolean has(NicDefect d) {
        return defect == d;
    }

    void register() throws NetException {
        device = driver.devices.alloc("eth%d", this);
        MacAddress mac = MacAddress.of(
                (long) registers.read32(FACTORY_HIGH) << 32 | registers.read32(FACTORY_LOW) & 0xFFFF_FFFFL);
        device.config().macAddress(mac);
        device.config().mtuRange(68, MOST_MTU);
        long features = DeviceFeatures.SG;
        features |= has(NicDefect.ANNOUNCES_VLAN) ? DeviceFeatures.VLAN_TX | DeviceFeatures.VLAN_RX : 0;
        features |= has(NicDefect.ANNOUNCES_CHECKSUMS) ? DeviceFeatures.HW_CSUM : 0;
        device.config().hardwareFeatures(features);
        if (has(NicDefect.INVENTS_CHANNELS)) {
            device.config().ethtool(new EthtoolOps() {
                @Override
                public int channels() {
                    return 1;
                }
            });
        }
        if (has(NicDefect.REGISTERS_EARLY)) {
            driver.devices.register(device);
        }
        PlainNic one = has(NicDefect.SHARES) && driver.first != null ? driver.first : this;
        napi = one == this ? device.addNapi("plain", this::poll, 64) : one.napi;
        if (!has(NicDefect.REGISTERS_EARLY)) {
            driver.devices.register(device);
        }
    }

    void remove() {
        if (!has(NicDefect.DEVICE_STAYS) || !device.isUp()) {
            driver.devices.unregister(device);
        }
        napi.remove();
        if (!has(NicDefect.VECTORS_STAY)) {
            vectors.free();
        }
    }

    private void onCpu(Consumer<Cpu> work) {
        Cpu cpu = driver.cpus.enter();
        try {
            work.accept(cpu);
        } finally {
            driver.cpus.leave(cpu);
        }
    }

    // ---- opening and stopping

    @Override
    public void open() throws NetException {
        if (failed && has(NicDefect.BROKEN_AFTER_FAILURE)) {
            throw new NetException(dev.netstack4j.api.error.Errno.EBUSY, "open " + device);
        }
        if (has(NicDefect.COUNTS_ANEW)) {
            counts.rxPackets = 0;
        }
        PlainTx old = tx;
        PlainTx newTx = null;
        PlainRx newRx = null;
        try {
            newTx = new PlainTx(this);
            newRx = new PlainRx(this);
            fill(newRx);
            vectors.irqs().getFirst().request(device.name(), handler, true);
        } catch (NetException e) {
            failed = true;
            discard(newTx, newRx);
            throw e;
        }
        tx = newTx;
        rx = newRx;
        start();
        if (has(NicDefect.SENDS_OLD) && old != null) {
            onCpu(cpu -> old.leftOver.forEach(skb -> newTxOf().send(skb, false, cpu)));
            old.leftOver.clear();
        }
    }

    private PlainTx newTxOf() {
        return tx;
    }

    private void fill(PlainRx ring) throws NetException {
        onCpu(ring::refill);
        if (ring.filled() == 0) {
            throw new NetException(dev.netstack4j.api.error.Errno.ENOMEM, "fill the receive ring of " + device);
        }
    }

    private void discard(PlainTx newTx, PlainRx newRx) {
        if (has(NicDefect.LEAKS_ON_OPEN_FAILURE)) {
            return;
        }
        onCpu(cpu -> {
            if (newRx != null) {
                newRx.discard(cpu);
            }
            if (newTx != null) {
                newTx.discard(cpu);
            }
        });
    }

    private void start() {
        napi.enable();
        MacAddress mac = device.macAddress();
        writeAddress(has(NicDefect.ADDRESS_LOST) && counts.rxPackets > 0 ? MacAddress.of(1L << 41) : mac);
        registers.write32(MOST, longest(device.mtu()));
        tx.tellDevice();
        registers.write32(CONTROL, CONTROL_ON | (promiscuous ? CONTROL_PROMISCUOUS : 0));
        rx.tellDevice();
        running = true;
        device.carrier((registers.read32(STATUS) & STATUS_LINK) != 0);
        registers.write32(MASK, CAUSE_RX | CAUSE_TX | CAUSE_LINK);
        if (has(NicDefect.QUEUE_NOT_STARTED)) {
            device.txQueue(0).stop();
        } else {
            device.txQueue(0).start();
        }
    }

    @Override
    public void stop() {
        running = false;
        device.txQueue(0).stop();
        registers.write32(MASK, 0);
        if (!has(NicDefect.DMA_AFTER_STOP)) {
            registers.write32(CONTROL, 0);
        }
        if (!has(NicDefect.HANDLER_STAYS)) {
            vectors.irqs().getFirst().free(handler);
        }
        napi.disable();
        onCpu(cpu -> {
            retry.cancel(cpu);
            rx.discard(cpu);
            tx.discard(cpu);
        });
        if (has(NicDefect.THROWS_WHEN_GONE) && registers.read32(STATUS) == -1) {
            throw new IllegalStateException("the card is gone");
        }
    }

    // ---- interrupt and poll

    private IrqHandler.Result interrupt(Cpu cpu) {
        if (has(NicDefect.FREES_IN_HANDLER) && running) {
            tx.reclaim(1, cpu); // as within a poll: frees at once
        }
        int cause = has(NicDefect.CLEARS_LATE) ? CAUSE_RX : registers.read32(CAUSE);
        if (cause == 0) {
            return has(NicDefect.ALWAYS_HANDLED) ? IrqHandler.Result.HANDLED : IrqHandler.Result.NONE;
        }
        registers.write32(MASK, 0);
        if ((cause & CAUSE_LINK) != 0 && !has(NicDefect.IGNORES_LINK)) {
            driver.work.queue("plain link", this::linkChanged);
        }
        napi.schedule(cpu);
        return IrqHandler.Result.HANDLED;
    }

    private void linkChanged() {
        driver.control.lock();
        try {
            if (running) {
                device.carrier((registers.read32(STATUS) & STATUS_LINK) != 0);
            }
        } finally {
            driver.control.unlock();
        }
    }

    private int poll(Napi context, int budget, Cpu cpu) {
        if (has(NicDefect.WAITS_IN_POLL)) {
            driver.control.lock();
            driver.control.unlock();
        }
        if (!running) {
            if (budget > 0) {
                napi.complete(0, cpu);
            }
            return 0;
        }
        if (!has(NicDefect.FREES_LATE)) {
            tx.reclaim(budget, cpu);
        }
        if (budget == 0 && !has(NicDefect.TAKES_WITHOUT_BUDGET)) {
            return 0;
        }
        int most = has(NicDefect.IGNORES_BUDGET) ? Integer.MAX_VALUE : Math.max(budget, 1);
        int done = rx.receive(most, cpu);
        if (!rx.refill(cpu) && !retry.isArmed()) {
            retry.arm(cpu.nowNanos() + RETRY_NANOS, cpu);
        }
        boolean complete = done < budget || has(NicDefect.COMPLETES_EARLY);
        if (budget > 0 && complete && !has(NicDefect.COMPLETES_NEVER) && napi.complete(done, cpu)) {
            unmask(done);
        } else if (has(NicDefect.COMPLETES_NEVER) && complete) {
            unmask(done);
        }
        return budget == 0 ? 0 : done;
    }

    private void unmask(int done) {
        if (has(NicDefect.CLEARS_LATE)) {
            registers.read32(CAUSE);
        }
        if (!has(NicDefect.LEAVES_MASKED) || done > 0) {
            registers.write32(MASK, CAUSE_RX | CAUSE_TX | CAUSE_LINK);
        }
    }

    // ---- sending

    @Override
    public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        if (running) {
            return tx.send(skb, more, cpu);
        }
        device.txQueue(0).stop();
        return has(NicDefect.SENDS_DOWN) ? TxStatus.OK : TxStatus.BUSY;
    }

    @Override
    public void txTimeout(int queue) {
        if (has(NicDefect.TIMEOUT_FORGETS)) {
            tx.forget();
        }
        stop();
        try {
            open();
        } catch (NetException e) {
            device.carrier(false);
        }
    }

    // ---- settings

    private int longest(int mtu) {
        return mtu + (has(NicDefect.MTU_WITHOUT_HEADER) ? 0 : 14 + 4);
    }

    private void writeAddress(MacAddress mac) {
        registers.write32(MAC_LOW, (int) mac.bits());
        registers.write32(MAC_HIGH, (int) (mac.bits() >>> 32));
    }

    @Override
    public void stats(DeviceStats into) {
        if (running) {
            counts.rxMissed += registers.read32(STATUS) == -1 ? 0 : registers.read32(MISSED);
        }
        into.rxPackets = counts.rxPackets;
        into.rxBytes = counts.rxBytes;
        into.txPackets = counts.txPackets;
        into.txBytes = counts.txBytes;
        into.rxErrors = counts.rxErrors;
        into.rxDropped = counts.rxDropped;
        into.txDropped = counts.txDropped;
        into.rxMissed = counts.rxMissed;
    }

    @Override
    public void setRxMode(RxMode mode) {
        promiscuous = mode.promiscuous() || promiscuous && has(NicDefect.PROMISCUOUS_STAYS);
        if (running) {
            registers.write32(CONTROL, CONTROL_ON | (promiscuous ? CONTROL_PROMISCUOUS : 0));
        }
    }

    @Override
    public void setMacAddress(MacAddress address) {
        if (!has(NicDefect.ADDRESS_NOT_SET)) {
            writeAddress(address);
        }
    }

    @Override
    public void changeMtu(int bytes) {
        registers.write32(MOST, longest(bytes));
    }
}

package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.testkit.kit.Trial;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One device of a lab, before and after it is plugged in: its driver sees the stack through wrappers.
public final class LabDevice {
    private final Stack stack;
    private final Watch watch;
    private final Faults faults = new Faults();
    private final Received received;
    private final WatchedNetDevices devices;
    private final HandlerWatch handlers;
    private LabWire wire;
    private final Cpus cpus;
    private final ControlLock controlLock;
    private final Timers timers;
    private List<IrqKind> granted = List.of(IrqKind.values());
    private @Nullable WatchedPciDevice pci;
    private @Nullable NetDevice device;
    private @Nullable Runnable takeAway;

    /// Nothing is plugged in yet.
    public LabDevice(Stack stack, Trial trial) throws NetException {
        this.stack = stack;
        this.watch = new Watch(trial);
        this.received = new Received(watch);
        this.devices = new WatchedNetDevices(stack.service(NetDevices.class), watch, received);
        this.handlers = new HandlerWatch(faults, watch, stack.packets());
        this.wire = NicLab.wireOf(stack);
        this.cpus = WatchedServices.cpus(stack.service(Cpus.class), watch);
        this.controlLock = WatchedServices.controlLock(stack.service(ControlLock.class), watch);
        this.timers = WatchedServices.timers(stack.service(Timers.class), watch);
    }

    private LabDevice(LabDevice first) throws NetException {
        this.stack = first.stack;
        this.watch = first.watch;
        this.received = first.received;
        this.devices = first.devices;
        this.handlers = new HandlerWatch(faults, watch, stack.packets());
        this.wire = NicLab.wireOf(stack);
        this.cpus = first.cpus;
        this.controlLock = first.controlLock;
        this.timers = first.timers;
    }

    /// The service that the driver gets.
    public Object service(Class<?> type) {
        if (type == NetDevices.class) {
            return devices;
        }
        if (type == Cpus.class) {
            return cpus;
        }
        if (type == ControlLock.class) {
            return controlLock;
        }
        return type == Timers.class ? timers : stack.service(type);
    }

    WatchedPciDevice wrap(PciDevice inner) {
        WatchedPciDevice watched = new WatchedPciDevice(inner, faults, watch, handlers);
        watched.grant(granted);
        received.watch(watched.watchedDma());
        pci = watched;
        return watched;
    }

    /// One device more for the same driver, which is watched by the same watch.
    LabDevice sibling() throws NetException {
        return new LabDevice(this);
    }

    /// Kinds of interrupts that the machine grants to a device that is plugged in later.
    public void grant(List<IrqKind> kinds) {
        granted = List.copyOf(kinds);
    }

    void renewWire() throws NetException {
        wire = NicLab.wireOf(stack);
    }

    void plug(String bus, String model, Map<String, String> options) throws NetException {
        device = stack.hardware().plug(bus, model, options, wire);
    }

    /// A device in software was made.
    public void made(Runnable away) {
        takeAway = away;
        wire.pushesNot();
        if (devices.registered().isEmpty()) {
            throw new AssertionError("the subject registered no network device");
        }
        device = devices.registered().getFirst();
    }

    /// Lets the driver go, and unplugs.
    public void unplug() throws NetException {
        Runnable away = takeAway;
        if (away == null) {
            stack.hardware().unplug(device());
        } else {
            controlLock.lock();
            try {
                away.run();
            } finally {
                controlLock.unlock();
            }
        }
    }

    /// The device as core knows it.
    public NetDevice device() {
        NetDevice d = device;
        if (d == null) {
            throw new IllegalStateException("no device was plugged in");
        }
        return d;
    }

    /// Its PCI side; null for a device in software.
    public @Nullable WatchedPciDevice pci() {
        return pci;
    }

    /// What of the bus is held, as a sentence; empty for nothing.
    public String held() {
        WatchedPciDevice p = pci;
        return p == null ? "" : p.held();
    }

    /// What of it an opening takes.
    public String heldByOpening() {
        WatchedPciDevice p = pci;
        return p == null ? "" : p.heldByOpening();
    }

    /// Its interrupt handlers.
    public HandlerWatch handlers() {
        return handlers;
    }

    /// The devices as the driver sees them.
    public WatchedNetDevices devices() {
        return devices;
    }

    /// The far end of its wire.
    public LabWire wire() {
        return wire;
    }

    /// What it handed up.
    public Received received() {
        return received;
    }

    /// What was noticed.
    public Watch watch() {
        return watch;
    }

    /// What can fail.
    public Faults faults() {
        return faults;
    }
}

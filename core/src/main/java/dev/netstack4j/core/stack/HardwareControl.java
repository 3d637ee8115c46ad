package dev.netstack4j.core.stack;

import dev.netstack4j.api.device.LinkOps;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.PciBus;
import dev.netstack4j.api.hardware.PciBusOps;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciInterposer;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireOps;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.spi.PlugPoint;
import dev.netstack4j.api.stack.Hardware;
import dev.netstack4j.core.registry.Contributed;
import dev.netstack4j.core.registry.ContributionTable;
import dev.netstack4j.core.registry.CorePoints;
import dev.netstack4j.core.runtime.HostRuntime;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Buses, wires and devices of one stack. A wire belongs to the device that it was plugged in with and ends with it.
final class HardwareControl implements Hardware {
    private final ContributionTable contributions;
    private final HostRuntime host;
    private final HostMemory memory;
    private final BusOptions busOptions;
    private final StackName stackName;
    private final ControlLock lock;
    private final Probe probe;
    private final Map<String, PciBus> buses = new LinkedHashMap<>(); // under the control lock
    private final List<Wire> wires = new ArrayList<>(); // under the control lock
    private final LinkDevices links; // under the control lock
    private final List<DriverBinding> bindings = new ArrayList<>(); // under the control lock

    @Inject
    HardwareControl(
            ContributionTable contributions,
            HostRuntime host,
            HostMemory memory,
            BusOptions busOptions,
            StackName stackName,
            NetDevices devices) {
        this.contributions = contributions;
        this.host = host;
        this.memory = memory;
        this.busOptions = busOptions;
        this.stackName = stackName;
        this.lock = host.controlLock();
        this.links = new LinkDevices(new HostLink(host, memory, stackName.text()));
        this.probe = new Probe(devices);
    }

    // ---- wires and buses

    @Override
    public Wire wire(String kind, Map<String, String> options) throws NetException {
        lock.lock();
        try {
            Contributed<WireOps> ops = find(CorePoints.WIRE, "wire", kind, wires());
            OptionTexts texts = new OptionTexts("make wire '" + kind + "'", options);
            texts.checkAllKnown(ops.schema());
            refuseOutside(ops.instance().touchesOutside(), "make wire '" + kind + "'");
            Wire wire = ops.instance().create(new HostWire(host, stackName.text()), texts.valuesFor(ops.schema()));
            wires.add(wire);
            return wire;
        } catch (RuntimeException | LinkageError e) {
            throw new NetException(Errno.EIO, "make wire '" + kind + "': it threw " + e, e);
        } finally {
            lock.unlock();
        }
    }

    private <T> Contributed<T> find(PlugPoint<T> point, String what, String kind, List<String> known)
            throws NetException {
        Contributed<T> found = contributions.find(point, kind);
        if (found == null) {
            String all = known.isEmpty() ? "none" : String.join(", ", known);
            throw new NetException(
                    Errno.ENOENT, "no module of this stack brings " + what + " '" + kind + "'; there are: " + all);
        }
        return found;
    }

    private void refuseOutside(boolean touchesOutside, String attempted) throws NetException {
        if (touchesOutside && host.runtime().isVirtual()) {
            throw new NetException(
                    Errno.EOPNOTSUPP,
                    attempted + ": it touches the world outside, which cannot follow a stack in virtual time");
        }
    }

    private PciBus bus(String kind, PciBusOps ops, OptionSchema schema) throws NetException {
        PciBus there = buses.get(kind);
        if (there != null) {
            return there;
        }
        refuseOutside(ops.touchesOutside(), "make bus '" + kind + "'");
        OptionTexts texts = new OptionTexts("make bus '" + kind + "'", busOptions.of(kind));
        texts.checkAllKnown(schema);
        PciBus made = ops.create(new HostBus(host, memory, stackName.text()), texts.valuesFor(schema));
        buses.put(kind, made);
        return made;
    }

    @Override
    public NetDevice link(String kind, Map<String, String> options) throws NetException {
        lock.lock();
        try {
            Contributed<LinkOps> ops = find(LinkOps.POINT, "kind of device", kind, linkKinds());
            refuseOutside(ops.instance().touchesOutside(), "make a device of kind '" + kind + "'");
            return links.make(ops, options);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<String> linkKinds() {
        return contributions.all(LinkOps.POINT).stream().map(Contributed::key).toList();
    }

    @Override
    public List<String> wires() {
        return contributions.all(CorePoints.WIRE).stream().map(Contributed::key).toList();
    }

    @Override
    public List<String> buses() {
        return contributions.all(CorePoints.PCI_BUS).stream()
                .map(Contributed::key)
                .toList();
    }

    // ---- devices

    @Override
    public NetDevice plug(String bus, String model, Map<String, String> options, Wire wire) throws NetException {
        lock.lock();
        try {
            Contributed<PciBusOps> kind = find(CorePoints.PCI_BUS, "bus", bus, buses());
            OptionTexts texts = new OptionTexts("plug in '" + model + "'", options);
            OptionSchema own = kind.instance().deviceOptions();
            Options forBus = texts.valuesFor(own);
            PciBus made = bus(bus, kind.instance(), kind.schema());
            PciDevice pci = made.plug(model, forBus, wire);
            return bind(bus, made, pci, wire, own, texts);
        } catch (RuntimeException | LinkageError e) {
            throw new NetException(Errno.EIO, "plug in '" + model + "': bus '" + bus + "' threw " + e, e);
        } finally {
            lock.unlock();
        }
    }

    private NetDevice bind(
            String kind, PciBus bus, PciDevice pci, Wire wire, OptionSchema deviceOptions, OptionTexts texts)
            throws NetException {
        boolean bound = false;
        Interposed seen = null;
        try {
            DriverMatch match = DriverMatch.best(contributions.all(CorePoints.PCI_DRIVER), pci.id());
            if (match == null) {
                throw new NetException(Errno.ENODEV, "no driver of this stack serves PCI device " + pci.id());
            }
            Contributed<PciDriver> driver = match.driver();
            List<Contributed<PciInterposer>> interposers = contributions.all(PciInterposer.POINT);
            List<OptionSchema> schemas = Interposed.schemas(interposers);
            schemas.add(deviceOptions);
            schemas.add(driver.schema());
            texts.checkAllKnown(schemas);
            Options options = texts.valuesFor(driver.schema());
            seen = Interposed.of(pci, kind, interposers, texts, stackName.text());
            NetDevice device = probe.take(driver, seen.device(), match.id(), options);
            bindings.add(new DriverBinding(bus, pci, seen, wire, driver, match.id(), options, device));
            bound = true;
            return device;
        } finally {
            if (!bound) {
                if (seen != null) {
                    seen.end();
                }
                pullOut(bus, pci, wire);
            }
        }
    }

    // A bus or wire that throws here is logged, and the rest goes on: nothing may stay half plugged in.
    private void pullOut(PciBus bus, PciDevice pci, Wire wire) {
        Teardown steps = new Teardown(stackName.text());
        steps.push("ending a wire", () -> end(wire));
        steps.push("unplugging " + pci.address(), () -> bus.unplug(pci));
        steps.run();
    }

    private void end(Wire wire) {
        wires.remove(wire);
        wire.close();
    }

    @Override
    public void unplug(NetDevice device) throws NetException {
        lock.lock();
        try {
            if (!links.remove(device)) {
                unplug(binding(device, "unplug"));
            }
        } finally {
            lock.unlock();
        }
    }

    private void unplug(DriverBinding b) {
        bindings.remove(b);
        probe.letGo(b);
        b.seen().end();
        pullOut(b.bus(), b.pci(), b.wire());
    }

    @Override
    public void inject(NetDevice device, String fault) throws NetException {
        lock.lock();
        try {
            DriverBinding b = binding(device, "inject a fault into");
            b.bus().inject(b.pci(), fault);
        } finally {
            lock.unlock();
        }
    }

    private DriverBinding binding(NetDevice device, String attempted) throws NetException {
        for (DriverBinding b : bindings) {
            if (b.device() == device) {
                return b;
            }
        }
        throw new NetException(Errno.ENODEV, attempted + " " + device.name() + ", which sits on no bus of this stack");
    }

    @Override
    public NetDevice reprobe(NetDevice device) throws NetException {
        lock.lock();
        try {
            DriverBinding b = binding(device, "reprobe");
            bindings.remove(b);
            probe.letGo(b);
            return takeAgain(b);
        } finally {
            lock.unlock();
        }
    }

    private NetDevice takeAgain(DriverBinding b) throws NetException {
        boolean bound = false;
        try {
            NetDevice made = probe.take(b.driver(), b.seen().device(), b.id(), b.options());
            bindings.add(b.with(made));
            bound = true;
            return made;
        } finally {
            if (!bound) {
                b.seen().end();
                pullOut(b.bus(), b.pci(), b.wire());
            }
        }
    }

    /// Unplugs everything in reverse order, then ends wires and buses.
    void close() {
        lock.lock();
        try {
            Teardown steps = new Teardown(stackName.text());
            buses.forEach((kind, bus) -> steps.push("ending bus '" + kind + "'", bus::close));
            wires.forEach(w -> steps.push("ending a wire", () -> unlessEnded(w)));
            bindings.forEach(b -> steps.push("unplugging " + b.device().name(), () -> unplug(b)));
            links.devices().forEach(d -> steps.push("removing " + d.name(), () -> links.remove(d)));
            steps.run();
            buses.clear();
        } finally {
            lock.unlock();
        }
    }

    private void unlessEnded(Wire wire) {
        if (wires.contains(wire)) {
            end(wire);
        }
    }
}

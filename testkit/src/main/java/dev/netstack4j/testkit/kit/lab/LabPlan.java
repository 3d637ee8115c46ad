package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.testkit.kit.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a lab is made of.
///
/// @param driver  module of the driver; its drivers are made by the lab
/// @param others  further modules
/// @param bus     kind of the bus
/// @param model   of the device
/// @param options of device and driver
public record LabPlan(
        StackModule driver, List<StackModule> others, String bus, String model, Map<String, String> options) {
    /// Bytes of memory of a lab's stack.
    static final long MEMORY = 8 << 20;

    /// A stack without any device.
    public static Stack stack(StackRuntime runtime, List<StackModule> modules) throws AssemblyException {
        return builder(runtime, modules).build();
    }

    private static StackBuilder builder(StackRuntime runtime, List<StackModule> modules) {
        StackBuilder b =
                StackFactory.find().builder().name("kit").runtime(runtime).memory(MEMORY);
        modules.forEach(b::with);
        return b;
    }

    /// Assembles the stack; the device is not plugged in yet.
    public Assembled assemble(StackRuntime runtime, Trial trial) throws Exception {
        List<Declared.Driver> drivers = Declared.drivers(driver);
        if (drivers.isEmpty()) {
            throw new IllegalStateException("module " + driver.name() + " brings no PCI driver");
        }
        List<StackModule> modules = new ArrayList<>(others);
        modules.add(Declared.withoutDrivers(driver));
        modules.add(new LabModule(drivers));
        if (others.stream().noneMatch(m -> Declared.brings(m, "pciBus", bus))) {
            modules.add(Declared.find("pciBus", bus));
        }
        Stack stack = builder(runtime, modules).bus(bus, Map.of()).build();
        LabDevice device = new LabDevice(stack, trial);
        PciDriver made =
                new Injection(device::service).make(driver, drivers.getFirst().implementation());
        WatchingDriver watching = new WatchingDriver(made, device);
        LabModule.DriverSlot.of(runtime).driver(watching);
        return new Assembled(stack, device, watching, this);
    }

    /// A stack whose driver exists, but no device.
    public static final class Assembled {
        private final Stack stack;
        private final LabDevice device;
        private final WatchingDriver driver;
        private final LabPlan plan;

        Assembled(Stack stack, LabDevice device, WatchingDriver driver, LabPlan plan) {
            this.stack = stack;
            this.device = device;
            this.driver = driver;
            this.plan = plan;
        }

        /// The stack.
        public Stack stack() {
            return stack;
        }

        /// The device, not plugged in yet.
        public LabDevice device() {
            return device;
        }

        /// Plugs the device in.
        public NicLab plug() throws NetException {
            device.plug(plan.bus, plan.model, plan.options);
            return new NicLab(stack, device);
        }

        /// A wire for the next try: core has ended the last one with the probe that failed.
        public void renewWire() throws NetException {
            device.renewWire();
        }

        /// Plugs in one device more, served by the same driver.
        public NicLab plugAnother() throws NetException {
            LabDevice other = device.sibling();
            driver.next(other);
            other.plug(plan.bus, plan.model, plan.options);
            return new NicLab(stack, other);
        }
    }
}

package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireOps;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.kit.lab.Declared.Driver;
import jakarta.inject.Inject;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The kit's own module: its wire, and a driver that passes on to the one under judgement.
public final class LabModule implements StackModule {
    /// Kind of the kit's wire.
    public static final String WIRE = "kit";

    private final List<Driver> drivers;

    /// @param drivers whose devices the passing driver serves
    public LabModule(List<Driver> drivers) {
        this.drivers = List.copyOf(drivers);
    }

    @Override
    public String name() {
        return "testkit-lab";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.wire(WIRE, OptionSchema.NONE, LabWireOps.class);
        for (Driver d : drivers) {
            c.pciDriver(d.name(), d.ids(), d.schema(), PassingDriver.class);
        }
    }

    static final class LabWireOps implements WireOps {
        @Inject
        LabWireOps() {}

        @Override
        public Wire create(WireContext context, Options options) {
            return new LabWire(context);
        }

        @Override
        public boolean touchesOutside() {
            return false;
        }
    }

    /// Where the driver under judgement is found when a device is probed.
    static final class DriverSlot {
        private @Nullable PciDriver driver;

        static DriverSlot of(StackRuntime runtime) {
            return runtime.shared(DriverSlot.class, "conformance kit driver", DriverSlot::new);
        }

        void driver(PciDriver now) {
            driver = now;
        }

        PciDriver driver() {
            PciDriver d = driver;
            if (d == null) {
                throw new IllegalStateException("the kit has not made the driver yet");
            }
            return d;
        }
    }

    static final class PassingDriver implements PciDriver {
        private final StackRuntime runtime;

        @Inject
        PassingDriver(StackRuntime runtime) {
            this.runtime = runtime;
        }

        @Override
        public void probe(PciDevice device, PciId id, Options options) throws NetException {
            DriverSlot.of(runtime).driver().probe(device, id, options);
        }

        @Override
        public void remove(PciDevice device) {
            DriverSlot.of(runtime).driver().remove(device);
        }
    }
}

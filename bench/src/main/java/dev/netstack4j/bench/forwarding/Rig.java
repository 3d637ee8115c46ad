package dev.netstack4j.bench.forwarding;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireOps;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.spi.StackModule;
import jakarta.inject.Inject;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/// Brings the flood to a stack, and, where the cards are to be bare, a driver that makes no network devices of them.
final class Rig implements StackModule {
    static final String WIRE = "flood";

    private final boolean bare;

    Rig(boolean bare) {
        this.bare = bare;
    }

    @Override
    public String name() {
        return "bench-flood";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.wire(WIRE, OptionSchema.NONE, Wires.class);
        if (bare) {
            c.pciDriver("bare", List.of(PciId.of(0x8086, 0x10C9)), OptionSchema.NONE, Bare.class);
            c.service(Bare.class, Bare.class);
        }
    }

    /// Makes the wires.
    static final class Wires implements WireOps {
        @Inject
        Wires() {}

        @Override
        public Wire create(WireContext context, Options options) {
            return new FloodWire(context);
        }

        @Override
        public boolean touchesOutside() {
            return false;
        }
    }

    /// Takes the cards.
    static final class Bare implements PciDriver {
        final List<BareCard> cards = new ArrayList<>();
        private final NetDevices devices;

        @Inject
        Bare(NetDevices devices) {
            this.devices = devices;
        }

        @Override
        public void probe(PciDevice device, PciId id, Options options) throws NetException {
            cards.add(new BareCard(device));
            devices.register(devices.alloc("bare%d", new Nothing()));
        }

        @Override
        public void remove(PciDevice device) {}
    }

    /// What the stack sees of a bare card: a device that is never opened.
    private static final class Nothing implements NetDeviceOps {
        @Override
        public void open() {}

        @Override
        public void stop() {}

        @Override
        public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
            return TxStatus.BUSY;
        }

        @Override
        public void stats(DeviceStats into) {}
    }
}

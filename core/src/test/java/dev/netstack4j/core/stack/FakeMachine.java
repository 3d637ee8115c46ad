package dev.netstack4j.core.stack;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciBus;
import dev.netstack4j.api.hardware.PciBusOps;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireOps;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/// A bus `toy`, a wire `string`, a wire `outside`, and drivers `any` and `exact` for tests. What happens is written
/// into [Log].
final class FakeMachine {
    static final Option<Integer> SLOT = Option.of("slot", OptionTypes.INTEGER, 0, "where it sits");
    static final Option<Integer> RINGS = Option.of("rings", OptionTypes.INTEGER, 1, "rings of the driver");
    static final Option<String> COLOUR = Option.of("colour", OptionTypes.TEXT, "red", "colour of the wire");

    private FakeMachine() {}

    static void contribute(Contributions c) {
        c.service(Log.class, Log.class);
        c.pciBus("toy", OptionSchema.NONE, ToyBusOps.class);
        c.wire("string", OptionSchema.of(COLOUR), StringOps.class);
        c.wire("outside", OptionSchema.NONE, OutsideOps.class);
        c.pciDriver("any", List.of(PciId.of(1, PciId.ANY)), OptionSchema.NONE, AnyDriver.class);
        c.pciDriver("exact", List.of(PciId.of(1, 7)), OptionSchema.of(RINGS), ExactDriver.class);
    }

    static final class Log {
        final List<String> lines = new ArrayList<>();
        String failing = "";

        @Inject
        Log() {}

        void add(String line) {
            lines.add(line);
        }
    }

    static final class ToyBusOps implements PciBusOps {
        private final Log log;

        @Inject
        ToyBusOps(Log log) {
            this.log = log;
        }

        @Override
        public PciBus create(BusContext context, Options options) {
            log.add("bus made");
            return new ToyBus(log);
        }

        @Override
        public boolean touchesOutside() {
            return false;
        }

        @Override
        public OptionSchema deviceOptions() {
            return OptionSchema.of(SLOT);
        }
    }

    record ToyBus(Log log, List<PciDevice> devices) implements PciBus {
        ToyBus(Log log) {
            this(log, new ArrayList<>());
        }

        @Override
        public List<String> models() {
            return List.of("1", "7");
        }

        @Override
        public PciDevice plug(String model, Options options, Wire wire) throws NetException {
            if (!model.matches("[0-9]")) {
                throw new NetException(Errno.ENODEV, "plug in '" + model + "'");
            }
            ToyDevice d = new ToyDevice("toy:" + options.get(SLOT), PciId.of(1, Integer.parseInt(model), 0, 0));
            log.add("plugged " + d.address());
            devices.add(d);
            return d;
        }

        @Override
        public void unplug(PciDevice device) {
            log.add("unplugged " + device.address());
            devices.remove(device);
        }

        @Override
        public void close() {
            log.add("bus closed");
        }
    }

    record ToyDevice(String address, PciId id) implements PciDevice {
        @Override
        public int configRead32(int offset) {
            return 0;
        }

        @Override
        public void configWrite32(int offset, int value) {}

        @Override
        public void enable() {}

        @Override
        public void disable() {}

        @Override
        public IoMemory mapBar(int bar) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DmaMapper dma() {
            throw new UnsupportedOperationException();
        }

        @Override
        public IrqVectors allocIrqVectors(int least, int most, List<IrqKind> kinds) {
            throw new UnsupportedOperationException();
        }
    }

    static class ToyDriver implements PciDriver {
        private final String name;
        private final Log log;
        private final NetDevices devices;
        private final List<NetDevice> mine = new ArrayList<>();

        ToyDriver(String name, Log log, NetDevices devices) {
            this.name = name;
            this.log = log;
            this.devices = devices;
        }

        @Override
        public void probe(PciDevice device, PciId id, Options options) throws NetException {
            log.add(name + " probes " + device.address() + " with " + options);
            if (log.failing.equals("refuse")) {
                throw new NetException(Errno.EIO, "probe");
            }
            if (log.failing.equals("nothing")) {
                return;
            }
            NetDevice made = devices.alloc("eth%d", new ToyDeviceOps(log));
            devices.register(made);
            if (log.failing.equals("throw")) {
                throw new IllegalStateException("broken driver");
            }
            mine.add(made);
        }

        @Override
        public void remove(PciDevice device) {
            log.add(name + " removes " + device.address());
            if (log.failing.equals("remove")) {
                throw new IllegalStateException("broken remove");
            }
            mine.forEach(devices::unregister);
            mine.clear();
        }
    }

    static final class AnyDriver extends ToyDriver {
        @Inject
        AnyDriver(Log log, NetDevices devices) {
            super("any", log, devices);
        }
    }

    static final class ExactDriver extends ToyDriver {
        @Inject
        ExactDriver(Log log, NetDevices devices) {
            super("exact", log, devices);
        }
    }

    record ToyDeviceOps(Log log) implements NetDeviceOps {
        @Override
        public void open() {
            log.add("open");
        }

        @Override
        public void stop() {
            log.add("stop");
        }

        @Override
        public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
            return TxStatus.BUSY;
        }

        @Override
        public void stats(DeviceStats into) {}
    }

    static final class StringOps implements WireOps {
        private final Log log;

        @Inject
        StringOps(Log log) {
            this.log = log;
        }

        @Override
        public Wire create(WireContext context, Options options) {
            log.add("wire of " + context.stackName() + " " + options.get(COLOUR));
            return new StringWire(log);
        }

        @Override
        public boolean touchesOutside() {
            return false;
        }
    }

    static final class OutsideOps implements WireOps {
        @Inject
        OutsideOps() {}

        @Override
        public Wire create(WireContext context, Options options) {
            throw new AssertionError("is refused before");
        }

        @Override
        public boolean touchesOutside() {
            return true;
        }
    }

    record StringWire(Log log) implements Wire {
        @Override
        public void attach(WireReceiver receiver) {}

        @Override
        public int transmit(FrameBatch batch) {
            return 0;
        }

        @Override
        public void resume() {}

        @Override
        public boolean isUp() {
            return true;
        }

        @Override
        public void close() {
            log.add("wire closed");
        }
    }
}

package dev.netstack4j.testkit.kit.bus;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.hardware.PciBus;
import dev.netstack4j.api.hardware.PciBusOps;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.testkit.kit.Trial;
import dev.netstack4j.testkit.kit.lab.LabBus;
import dev.netstack4j.testkit.kit.lab.LabPlan;
import dev.netstack4j.testkit.kit.lab.LabTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One trial of a bus, made for an empty stack. The control lock is held throughout.
final class BusCase {
    final PciBusSubject subject;
    final Trial trial;
    final Stack stack;
    final LabBus context;
    final PciBusOps ops;
    final PciBus bus;
    private final StackRuntime runtime;

    BusCase(PciBusSubject subject, Trial trial) throws Exception {
        this.subject = subject;
        this.trial = trial;
        runtime = subject.newRuntime(trial.seed());
        stack = LabPlan.stack(runtime, List.of(subject.stackModule()));
        ControlLock lock = stack.service(ControlLock.class);
        context = new LabBus(stack);
        ops = context.ops(subject.stackModule(), subject.kind());
        context.shareMemory(ops, trial);
        lock.lock();
        trial.atEnd(() -> {
            lock.unlock();
            stack.close();
            runtime.close();
        });
        bus = ops.create(context, busOptions());
    }

    private Options busOptions() {
        return LabBus.options(context.busSchema(subject.stackModule(), subject.kind()), subject.options());
    }

    PciDevice plug(Wire wire) throws NetException {
        return plug(subject.model(), wire);
    }

    PciDevice plug(String model, Wire wire) throws NetException {
        PciDevice device = bus.plug(model, LabBus.options(ops.deviceOptions(), subject.options()), wire);
        trial.event("plugged in %s at %s", model, device.address());
        return device;
    }

    PciDevice plug() throws NetException {
        return plug(new CountingWire());
    }

    void pass() {
        LabTime.pass(runtime, 5_000_000);
    }

    /// The first bar that the device has.
    IoMemory window(PciDevice device) {
        for (int bar = 0; bar < 6; bar++) {
            IoMemory found = window(device, bar);
            if (found != null) {
                return found;
            }
        }
        throw new AssertionError("the device has no base address register");
    }

    @Nullable
    IoMemory window(PciDevice device, int bar) {
        try {
            return device.mapBar(bar);
        } catch (NetException e) {
            trial.checkEqual(Errno.ENODEV, e.errno(), "the refusal of bar " + bar);
            return null;
        }
    }

    /// A wire that only counts.
    static final class CountingWire implements Wire {
        int attached;
        int sent;

        @Nullable
        WireReceiver device;

        @Override
        public void attach(WireReceiver receiver) {
            attached++;
            device = receiver;
        }

        @Override
        public int transmit(FrameBatch batch) {
            sent += batch.size();
            return batch.size();
        }

        @Override
        public void resume() {}

        @Override
        public boolean isUp() {
            return device != null;
        }

        @Override
        public void close() {}
    }
}

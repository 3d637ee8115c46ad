package dev.netstack4j.bus.qemu.pci;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.bus.qemu.frames.FramePump;
import dev.netstack4j.bus.qemu.machine.Machine;
import dev.netstack4j.bus.qemu.machine.MachineOptions;
import dev.netstack4j.bus.qemu.qtest.Control;
import dev.netstack4j.bus.qemu.qtest.Registers;
import dev.netstack4j.bus.qemu.qtest.SocketThread;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// A QEMU with everything that hangs on it, made in this order and ended in reverse.
final class Session implements AutoCloseable {
    private final Machine machine;
    private final Registers registers;
    private final Control control;
    private final SocketThread sockets;
    private final ConfigSpace device;
    private final ConfigSpace helper;
    private final Deque<Runnable> ends = new ArrayDeque<>();
    private List<Bar> bars = List.of();
    private List<Bar> helperBars = List.of();
    private Interrupts interrupts;

    @SuppressWarnings("NullAway.Init") // set by begin(), which start() calls
    private Session(BusContext host, StackRuntime runtime, String name, Machine machine) throws IOException {
        this.machine = machine;
        ends.push(machine::close);
        registers = new Registers(machine.registers(), host.sync());
        control = new Control(machine.control(), host.sync(), host.clock());
        device = new ConfigSpace(registers, Machine.SLOT);
        helper = new ConfigSpace(registers, Machine.MESSAGE_SLOT);
        sockets = new SocketThread(runtime, "qemu " + name);
        ends.push(sockets::close);
        ends.push(registers::ended);
    }

    static Session start(BusContext host, StackRuntime runtime, String address, MachineOptions options, Wire wire)
            throws NetException {
        Machine machine = Machine.start(options);
        Session made = null;
        boolean started = false;
        try {
            made = new Session(host, runtime, host.stackName() + " " + address, machine);
            made.begin();
            made.join(host, address, wire);
            started = true;
            return made;
        } catch (NetException e) {
            throw made != null && made.isGone() ? machine.refusal(options) : e;
        } catch (IOException e) {
            throw new NetException(Errno.EIO, "talk to QEMU (" + e.getMessage() + ")", e);
        } finally {
            if (!started) {
                if (made == null) {
                    machine.close();
                } else {
                    made.close();
                }
            }
        }
    }

    private void begin() throws IOException {
        sockets.add(machine.registers(), registers);
        sockets.add(machine.control(), control);
        control.begin();
        ConfigSpace.openWindow(registers);
        if (device.read(ConfigSpace.IDENTITY) == -1) {
            throw new NetException(Errno.ENODEV, "find the device in QEMU, which has none on its PCI bus");
        }
        AddressSpace addresses = new AddressSpace();
        bars = addresses.assign(device);
        helperBars = addresses.assign(helper);
        helper.command(ConfigSpace.COMMAND_MEMORY, 0);
        interrupts = new Interrupts(registers, helperBars.getFirst().address());
        registers.listener(interrupts);
        registers.run("irq_intercept_in ioapic");
    }

    private void join(BusContext host, String address, Wire wire) throws IOException {
        control.linkNow(wire.isUp());
        FramePump pump = new FramePump(address, host, machine.frames(), sockets, control, wire);
        ends.push(pump::close);
        wire.attach(pump);
    }

    /// Resets the machine and does again what firmware does.
    void reset() throws NetException {
        control.reset();
        ConfigSpace.openWindow(registers);
        bars.forEach(b -> AddressSpace.write(device, b));
        helperBars.forEach(b -> AddressSpace.write(helper, b));
        helper.command(ConfigSpace.COMMAND_MEMORY, 0);
    }

    Registers registers() {
        return registers;
    }

    ConfigSpace device() {
        return device;
    }

    List<Bar> bars() {
        return bars;
    }

    Interrupts interrupts() {
        return interrupts;
    }

    boolean isGone() {
        return registers.isGone();
    }

    /// Ends QEMU; a second call does nothing.
    @Override
    public void close() {
        while (!ends.isEmpty()) {
            ends.pop().run();
        }
    }
}

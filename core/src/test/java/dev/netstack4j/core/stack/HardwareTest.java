package dev.netstack4j.core.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.core.runtime.RuntimeCore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class HardwareTest {
    private Stack stack;
    private FakeMachine.Log log;

    @BeforeEach
    void a_stack_with_a_toy_machine() throws AssemblyException {
        stack = new StackAssembler()
                .name("host")
                .memory(4 << 20)
                .runtime(RuntimeCore.virtualTime(1))
                .with(TestModule.of("one", FakeMachine::contribute))
                .build();
        log = stack.service(FakeMachine.Log.class);
    }

    @AfterEach
    void close() {
        stack.close();
    }

    private Wire wire() throws NetException {
        return stack.hardware().wire("string", Map.of());
    }

    private NetDevice plug(String model, Map<String, String> options) throws NetException {
        return stack.hardware().plug("toy", model, options, wire());
    }

    private void fails(Errno errno, String message, Executable action) {
        NetException e = assertThrows(NetException.class, action);
        assertEquals(message + ": " + errno.text() + " (" + errno + ")", e.getMessage());
    }

    @Test
    @Mechanism({"E11", "E12"})
    void the_most_specific_driver_takes_a_device_and_options_are_shared_out() throws NetException {
        NetDevice device = plug("7", Map.of("slot", "3", "rings", "4"));
        assertEquals("eth0", device.name());
        assertEquals(
                List.of("wire of host red", "bus made", "plugged toy:3", "exact probes toy:3 with {rings=4}"),
                log.lines);
        plug("5", Map.of());
        assertEquals("any probes toy:0 with {}", log.lines.getLast());
        assertEquals(1, log.lines.stream().filter("bus made"::equals).count());
    }

    @Test
    void kinds_are_listed() {
        assertEquals(List.of("string", "outside"), stack.hardware().wires());
        assertEquals(List.of("toy"), stack.hardware().buses());
    }

    @Test
    void wrong_kinds_and_options_are_said_in_words() throws NetException {
        fails(
                Errno.ENOENT,
                "no module of this stack brings wire 'rope'; there are: string, outside",
                () -> stack.hardware().wire("rope", Map.of()));
        fails(
                Errno.EINVAL,
                "make wire 'string': there is no option 'length'; there are: colour",
                () -> stack.hardware().wire("string", Map.of("length", "3")));
        fails(
                Errno.EINVAL,
                "plug in '7': option 'slot': 'x' is no whole number (for example 100)",
                () -> plug("7", Map.of("slot", "x")));
        fails(
                Errno.EINVAL,
                "plug in '5': there is no option 'rings'; there are: slot",
                () -> plug("5", Map.of("rings", "4")));
        assertEquals("wire closed", log.lines.getLast());
        assertEquals(
                List.of("lo"), stack.links().all().stream().map(NetDevice::name).toList());
    }

    @Test
    void what_touches_the_outside_is_refused_in_virtual_time() {
        fails(
                Errno.EOPNOTSUPP,
                "make wire 'outside': it touches the world outside, which cannot follow a stack in virtual time",
                () -> stack.hardware().wire("outside", Map.of()));
    }

    @Test
    @Mechanism("E12")
    void a_probe_that_refuses_or_throws_leaves_nothing_behind() throws NetException {
        log.failing = "refuse";
        fails(Errno.EIO, "probe", () -> plug("7", Map.of()));
        log.failing = "throw";
        fails(Errno.EIO, "probe toy:0 with driver 'exact' of one 1.0", () -> plug("7", Map.of()));
        log.failing = "nothing";
        fails(
                Errno.ENODEV,
                "driver 'exact' of one 1.0 registered no network device for toy:0",
                () -> plug("7", Map.of()));
        assertEquals(
                List.of("exact removes toy:0", "unplugged toy:0", "wire closed"),
                log.lines.reversed().subList(0, 3).reversed());
        assertEquals(
                List.of("lo"), stack.links().all().stream().map(NetDevice::name).toList());
        log.failing = "";
        plug("7", Map.of());
    }

    @Test
    @Mechanism("E12")
    void unplug_removes_the_driver_and_reprobe_takes_it_again() throws NetException {
        NetDevice first = plug("7", Map.of("rings", "2"));
        stack.links().up(first);
        NetDevice again = stack.hardware().reprobe(first);
        assertNotSame(first, again);
        assertEquals(
                List.of("stop", "exact probes toy:0 with {rings=2}"),
                log.lines.reversed().subList(0, 2).reversed());
        stack.hardware().unplug(again);
        assertEquals(
                List.of("exact removes toy:0", "unplugged toy:0", "wire closed"),
                log.lines.reversed().subList(0, 3).reversed());
        fails(
                Errno.ENODEV,
                "unplug eth0, which sits on no bus of this stack",
                () -> stack.hardware().unplug(again));
    }

    @Test
    @Mechanism("E12")
    void a_driver_that_throws_in_remove_does_not_keep_the_device() throws NetException {
        NetDevice device = plug("7", Map.of());
        log.failing = "remove";
        stack.hardware().unplug(device);
        assertEquals(
                List.of("lo"), stack.links().all().stream().map(NetDevice::name).toList());
    }

    @Test
    void close_takes_devices_down_then_removes_drivers_then_ends_buses() throws NetException {
        stack.links().up(plug("7", Map.of()));
        log.lines.clear();
        stack.close();
        assertEquals(List.of("stop", "exact removes toy:0", "unplugged toy:0", "wire closed", "bus closed"), log.lines);
    }
}

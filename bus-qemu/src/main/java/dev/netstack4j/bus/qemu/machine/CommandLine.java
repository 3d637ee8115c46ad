package dev.netstack4j.bus.qemu.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line of a QEMU that runs no guest: a PC with the device under test, a helper device that turns messages
/// into interrupts, and sockets for registers, frames and control, to which QEMU connects.
final class CommandLine {
    /// Slot of the device on PCI bus 0.
    static final int SLOT = 4;
    /// Slot of the helper device `edu`.
    static final int MESSAGE_SLOT = 6;

    private CommandLine() {}

    static List<String> of(MachineOptions o, RuntimeFolder folder, Path firmware) {
        List<String> c = new ArrayList<>();
        c.add(o.program());
        c.addAll(List.of("-nodefaults", "-no-user-config", "-display", "none", "-accel", "tcg"));
        c.addAll(List.of("-bios", firmware.toString()));
        // Timers of the PC would interrupt all the time.
        c.addAll(List.of("-machine", "q35,hpet=off,pit=off,memory-backend=ram"));
        c.addAll(List.of("-m", "size=" + (o.bytes() >> 10) + "k"));
        c.add("-object");
        c.add("memory-backend-file,id=ram,share=on,size=" + (o.bytes() >> 10) + "k,mem-path=" + o.memory());
        c.addAll(List.of("-qtest", "unix:" + folder.registers(), "-qtest-log", "none"));
        c.addAll(List.of("-qmp", "unix:" + folder.control()));
        c.addAll(List.of("-netdev", "stream,id=n0,server=off,addr.type=unix,addr.path=" + folder.frames()));
        c.addAll(List.of("-device", device(o)));
        c.addAll(List.of("-device", "edu,addr=0x" + MESSAGE_SLOT));
        if (o.warp()) {
            c.addAll(List.of("-icount", "shift=0,sleep=off"));
        }
        return c;
    }

    private static String device(MachineOptions o) {
        String fixed = o.model() + ",id=nic,netdev=n0,mac=" + o.mac() + ",addr=0x" + SLOT + ",romfile=";
        return o.properties().isEmpty() ? fixed : fixed + "," + o.properties();
    }
}

package dev.netstack4j.bus.qemu.machine;

import dev.netstack4j.api.address.MacAddress;
import java.nio.file.Path;

/// What a QEMU process is started with.
///
/// @param program    QEMU, a path or a name on the PATH
/// @param model      QEMU's name of the device
/// @param mac        its address
/// @param properties more properties of the device, as QEMU takes them: `name=value,name=value`, or empty
/// @param warp       whether the timers of the device fire at once instead of in real time
/// @param memory     the file that is the host's memory
/// @param bytes      its size
public record MachineOptions(
        String program, String model, MacAddress mac, String properties, boolean warp, Path memory, long bytes) {}

package dev.netstack4j.systemtests.drivers;

import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.stack.StackFactory;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// A driver on a bus.
enum Fitting {
    E1000_EMULATED("emulated", "82540em", 1, EnumSet.noneOf(Deviation.class)),
    IGB_EMULATED("emulated", "82576", 8, EnumSet.noneOf(Deviation.class)),
    E1000_QEMU(
            "qemu",
            "e1000",
            1,
            EnumSet.of(
                    Deviation.NO_RX_CHECKSUM,
                    Deviation.NO_PADDING,
                    Deviation.SENDS_EMPTY_SEGMENT,
                    Deviation.NO_PAUSE,
                    Deviation.KEEPS_FRAMES_WHILE_DOWN)),
    IGB_QEMU("qemu", "igb", 8, EnumSet.of(Deviation.CLEARS_FIN_AND_PUSH, Deviation.NO_PADDING, Deviation.NO_PAUSE));

    final String bus;
    final String model;
    final int mostQueues;
    private final Set<Deviation> deviations;

    Fitting(String bus, String model, int mostQueues, Set<Deviation> deviations) {
        this.bus = bus;
        this.model = model;
        this.mostQueues = mostQueues;
        this.deviations = deviations;
    }

    boolean isQemu() {
        return bus.equals("qemu");
    }

    boolean has(Deviation d) {
        return deviations.contains(d);
    }

    /// Options of every device: on our bus each access to memory is checked, in QEMU timers fire at once.
    Map<String, String> options() {
        return isQemu() ? Map.of("time", "warp") : Map.of("dma", "checked");
    }

    StackRuntime newRuntime() {
        return isQemu() ? StackFactory.find().realTime() : StackFactory.find().virtualTime(11);
    }
}

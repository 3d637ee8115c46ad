package dev.netstack4j.bus.qemu.pci;

import java.util.ArrayList;
import java.util.List;

/// Finds out how large the windows of a device are and gives them addresses, which is what firmware does.
final class AddressSpace {
    private static final int BARS = 6;
    private static final int IO = 1;
    private static final int WIDE = 1 << 2;

    private long memory = 0xC000_0000L;
    private long ports = 0xC000;

    List<Bar> assign(ConfigSpace config) {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < BARS; i++) {
            Bar bar = assign(config, i);
            if (bar != null) {
                bars.add(bar);
                i += bar.wide() ? 1 : 0;
            }
        }
        return bars;
    }

    private @org.jspecify.annotations.Nullable Bar assign(ConfigSpace config, int index) {
        int at = ConfigSpace.BAR0 + 4 * index;
        config.write(at, -1);
        int mask = config.read(at);
        boolean io = (mask & IO) != 0;
        int sizeBits = mask & (io ? ~3 : ~15);
        if (sizeBits == 0) {
            return null;
        }
        long bytes = Integer.toUnsignedLong(-sizeBits) & (io ? 0xFFFF : 0xFFFF_FFFFL);
        Bar bar = new Bar(index, next(io, bytes), bytes, io, !io && (mask & WIDE) != 0);
        write(config, bar);
        return bar;
    }

    /// Windows are aligned to their size.
    private long next(boolean io, long bytes) {
        long from = ((io ? ports : memory) + bytes - 1) / bytes * bytes;
        if (io) {
            ports = from + bytes;
        } else {
            memory = from + bytes;
        }
        return from;
    }

    /// Tells the device, also after a reset, which makes it forget.
    static void write(ConfigSpace config, Bar bar) {
        config.write(ConfigSpace.BAR0 + 4 * bar.index(), (int) bar.address());
        if (bar.wide()) {
            config.write(ConfigSpace.BAR0 + 4 * bar.index() + 4, 0);
        }
    }
}

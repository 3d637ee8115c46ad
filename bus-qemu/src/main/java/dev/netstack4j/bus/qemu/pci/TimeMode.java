package dev.netstack4j.bus.qemu.pci;

import dev.netstack4j.api.spi.OptionType;
import java.util.Locale;

/// How time passes for a device.
enum TimeMode {
    /// Its timers take real time: link negotiation and interrupt moderation can be seen.
    REAL,
    /// Its timers fire at once.
    WARP;

    static final OptionType<TimeMode> TYPE = new OptionType<>() {
        @Override
        public TimeMode parse(String text) {
            for (TimeMode m : values()) {
                if (m.name().toLowerCase(Locale.ROOT).equals(text.strip())) {
                    return m;
                }
            }
            throw new IllegalArgumentException("'" + text + "' is none of real, warp");
        }

        @Override
        public String example() {
            return "warp";
        }
    };
}

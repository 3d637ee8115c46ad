package dev.netstack4j.bus.emulated.dma;

import dev.netstack4j.api.spi.OptionType;
import java.util.Locale;

/// How a bus treats DMA.
public enum DmaMode {
    /// The bus address is the address; nothing is recorded.
    IDENTITY,
    /// As identity, but who owns which bytes is recorded and every access is checked.
    CHECKED,
    /// Every mapping is copied through a buffer of its own.
    BOUNCE;

    /// How an option names it.
    public static final OptionType<DmaMode> TYPE = new OptionType<>() {
        @Override
        public DmaMode parse(String text) {
            for (DmaMode m : values()) {
                if (m.name().toLowerCase(Locale.ROOT).equals(text.strip())) {
                    return m;
                }
            }
            throw new IllegalArgumentException("'" + text + "' is none of identity, checked, bounce");
        }

        @Override
        public String example() {
            return "checked";
        }
    };
}

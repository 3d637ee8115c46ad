package dev.netstack4j.wire.tap;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.linux.tap.TapSettings;

/// Options of a wire of kind `tap`.
final class TapOptions {
    private static final Option<Boolean> PERSIST =
            Option.of("persist", OptionTypes.FLAG, false, "keep a TAP that was made here");

    private static final Option<Boolean> OFFLOADS = Option.of(
            "offloads",
            OptionTypes.FLAG,
            true,
            "let super-frames and open checksums pass, where the device takes them");

    static final OptionSchema SCHEMA =
            OptionSchema.of(TapSettings.NAME, TapSettings.ADDRESS, TapSettings.MTU, PERSIST, OFFLOADS);

    private TapOptions() {}

    static TapSettings of(Options o) throws NetException {
        return TapSettings.of(o).persist(o.get(PERSIST)).headers(o.get(OFFLOADS));
    }
}

package dev.netstack4j.nic.tap;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.linux.tap.TapSettings;

/// Options of a device of kind `tap`.
final class TapNicOptions {
    private static final Option<Boolean> OFFLOADS = Option.of(
            "offloads", OptionTypes.FLAG, true, "let super-frames and open checksums pass in both directions");
    private static final Option<String> MODE = Option.of(
            "mode", OptionTypes.TEXT, "ethernet", "ethernet for frames, ip for bare packets: a TUN, without ARP");

    static final OptionSchema SCHEMA =
            OptionSchema.of(TapSettings.NAME, TapSettings.ADDRESS, TapSettings.MTU, OFFLOADS, MODE);

    private TapNicOptions() {}

    static TapSettings of(Options o) throws NetException {
        TapSettings settings = TapSettings.of(o);
        String mode = o.get(MODE);
        if (!mode.equals("ethernet") && !mode.equals("ip")) {
            throw new NetException(
                    Errno.EINVAL, "use '" + mode + "' as the mode of '" + settings.name() + "' (ethernet or ip)");
        }
        return settings.headers(o.get(OFFLOADS)).ethernet(mode.equals("ethernet"));
    }
}

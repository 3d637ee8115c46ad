package dev.netstack4j.nic.tap;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionType;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.nic.tap.linux.TunDevice;
import org.jspecify.annotations.Nullable;

/// Options of a device of kind `tap`.
///
/// @param name     name of the TAP on the host
/// @param host     address of the host's side, or null to leave it alone
/// @param mtu      bytes of payload
/// @param offloads whether super-frames and open checksums pass in both directions
/// @param ethernet whether frames have Ethernet headers; otherwise they are IP packets between two ends (TUN)
record TapNicOptions(String name, @Nullable IpPrefix host, int mtu, boolean offloads, boolean ethernet) {
    static final int LEAST_MTU = 68;
    static final int MOST_MTU = 65521;

    private static final OptionType<IpPrefix> PREFIX = new OptionType<>() {
        @Override
        public IpPrefix parse(String text) {
            return IpPrefix.parse(text);
        }

        @Override
        public String example() {
            return "10.77.0.1/24";
        }
    };

    private static final Option<String> NAME =
            Option.required("name", OptionTypes.TEXT, "name of the TAP on the host, at most 15 characters");
    private static final Option<IpPrefix> ADDRESS = Option.of(
            "address",
            PREFIX,
            IpPrefix.of(IpAddress.ANY_V4, 0),
            "address that the host's side gets; without it the host's side is left as it is");
    private static final Option<Integer> MTU =
            Option.of("mtu", OptionTypes.INTEGER, 1500, "bytes of payload, 68 to 65521");
    private static final Option<Boolean> OFFLOADS = Option.of(
            "offloads", OptionTypes.FLAG, true, "let super-frames and open checksums pass in both directions");

    private static final Option<String> MODE = Option.of(
            "mode", OptionTypes.TEXT, "ethernet", "ethernet for frames, ip for bare packets: a TUN, without ARP");

    static final OptionSchema SCHEMA = OptionSchema.of(NAME, ADDRESS, MTU, OFFLOADS, MODE);

    static TapNicOptions of(Options o) throws NetException {
        String name = o.get(NAME);
        int mtu = o.get(MTU);
        if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*") || name.length() > TunDevice.LONGEST_NAME) {
            throw new NetException(
                    Errno.EINVAL, "use '" + name + "' as the name of a TAP (1 to 15 letters, digits, -, _ or .)");
        }
        if (mtu < LEAST_MTU || mtu > MOST_MTU) {
            throw new NetException(
                    Errno.EINVAL,
                    "use an MTU of " + mtu + " for '" + name + "' (" + LEAST_MTU + " to " + MOST_MTU + ")");
        }
        String mode = o.get(MODE);
        if (!mode.equals("ethernet") && !mode.equals("ip")) {
            throw new NetException(Errno.EINVAL, "use '" + mode + "' as the mode of '" + name + "' (ethernet or ip)");
        }
        IpPrefix host = o.has(ADDRESS) ? o.get(ADDRESS) : null;
        return new TapNicOptions(name, host, mtu, o.get(OFFLOADS), mode.equals("ethernet"));
    }
}

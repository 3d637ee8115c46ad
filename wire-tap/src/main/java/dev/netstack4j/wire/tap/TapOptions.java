package dev.netstack4j.wire.tap;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionType;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.wire.tap.linux.InterfaceRequest;
import org.jspecify.annotations.Nullable;

/// Options of a wire of kind `tap`.
///
/// @param name    name of the TAP device
/// @param host    address of the host's side, or null to leave it alone
/// @param mtu     bytes of payload
/// @param persist whether a TAP that was made stays
record TapOptions(String name, @Nullable IpPrefix host, int mtu, boolean persist) {
    private static final int LEAST_MTU = 68;
    private static final int MOST_MTU = 65521;

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
            Option.required("name", OptionTypes.TEXT, "name of the TAP device, at most 15 characters");
    private static final Option<IpPrefix> ADDRESS = Option.of(
            "address",
            PREFIX,
            IpPrefix.of(IpAddress.ANY_V4, 0),
            "address that the host's side gets; without it the host's side is left as it is");
    private static final Option<Integer> MTU =
            Option.of("mtu", OptionTypes.INTEGER, 1500, "bytes of payload, 68 to 65521");
    private static final Option<Boolean> PERSIST =
            Option.of("persist", OptionTypes.FLAG, false, "keep a TAP device that was made here");

    static final OptionSchema SCHEMA = OptionSchema.of(NAME, ADDRESS, MTU, PERSIST);

    static TapOptions of(Options o) throws NetException {
        String name = o.get(NAME);
        int mtu = o.get(MTU);
        if (!isName(name)) {
            throw new NetException(
                    Errno.EINVAL,
                    "use '" + name + "' as the name of a TAP device (1 to 15 letters, digits, -, _ or .)");
        }
        if (mtu < LEAST_MTU || mtu > MOST_MTU) {
            throw new NetException(
                    Errno.EINVAL,
                    "use an MTU of " + mtu + " for '" + name + "' (" + LEAST_MTU + " to " + MOST_MTU + ")");
        }
        return new TapOptions(name, o.has(ADDRESS) ? o.get(ADDRESS) : null, mtu, o.get(PERSIST));
    }

    private static boolean isName(String name) {
        boolean characters =
                name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0));
        boolean dots = name.equals(".") || name.equals("..");
        return characters && !dots && !name.isEmpty() && name.length() <= InterfaceRequest.LONGEST_NAME;
    }
}

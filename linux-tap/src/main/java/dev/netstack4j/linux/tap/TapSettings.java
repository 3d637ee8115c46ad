package dev.netstack4j.linux.tap;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionType;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import org.jspecify.annotations.Nullable;

/// What a TAP shall be, and the options that say so.
///
/// @param name     name on the host
/// @param host     address of the host's side, or null to leave it alone
/// @param mtu      bytes of payload
/// @param ethernet whether frames have Ethernet headers; otherwise they are IP packets between two ends (TUN)
/// @param headers  whether each packet has a virtio header before it, and super-frames and open checksums pass
/// @param persist  whether a TAP that was made stays
public record TapSettings(
        String name, @Nullable IpPrefix host, int mtu, boolean ethernet, boolean headers, boolean persist) {
    /// The least MTU.
    public static final int LEAST_MTU = 68;
    /// The largest MTU that the kernel's driver takes.
    public static final int MOST_MTU = 65521;

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

    /// Name of the TAP; it must be given.
    public static final Option<String> NAME =
            Option.required("name", OptionTypes.TEXT, "name of the TAP on the host, at most 15 characters");
    /// Address of the host's side.
    public static final Option<IpPrefix> ADDRESS = Option.of(
            "address",
            PREFIX,
            IpPrefix.of(IpAddress.ANY_V4, 0),
            "address that the host's side gets; without it the host's side is left as it is");
    /// MTU of both sides.
    public static final Option<Integer> MTU =
            Option.of("mtu", OptionTypes.INTEGER, 1500, "bytes of payload, 68 to 65521");

    /// A TAP with Ethernet frames, no headers, not kept, as these options say.
    ///
    /// @throws NetException EINVAL when the host would not take them
    public static TapSettings of(Options o) throws NetException {
        String name = o.get(NAME);
        int mtu = o.get(MTU);
        if (!isName(name)) {
            throw new NetException(
                    Errno.EINVAL, "use '" + name + "' as the name of a TAP (1 to 15 letters, digits, -, _ or .)");
        }
        if (mtu < LEAST_MTU || mtu > MOST_MTU) {
            throw new NetException(
                    Errno.EINVAL,
                    "use an MTU of " + mtu + " for '" + name + "' (" + LEAST_MTU + " to " + MOST_MTU + ")");
        }
        return new TapSettings(name, o.has(ADDRESS) ? o.get(ADDRESS) : null, mtu, true, false, false);
    }

    private static boolean isName(String name) {
        return name.matches("[A-Za-z0-9_.-]{1," + InterfaceRequest.LONGEST_NAME + "}")
                && !name.equals(".")
                && !name.equals("..");
    }

    /// The same as a TAP or as a TUN.
    public TapSettings ethernet(boolean frames) {
        return new TapSettings(name, host, mtu, frames, headers, persist);
    }

    /// The same with or without headers.
    public TapSettings headers(boolean wanted) {
        return new TapSettings(name, host, mtu, ethernet, wanted, persist);
    }

    /// The same, kept or not.
    public TapSettings persist(boolean kept) {
        return new TapSettings(name, host, mtu, ethernet, headers, kept);
    }
}

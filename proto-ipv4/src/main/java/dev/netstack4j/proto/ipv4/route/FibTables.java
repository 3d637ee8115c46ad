package dev.netstack4j.proto.ipv4.route;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import org.jspecify.annotations.Nullable;

/// Both tables as they stand at one time.
///
/// @param local    addresses of this host and broadcasts
/// @param main     all other routes
/// @param loopback the loopback device, if there is one
@Linux("net/ipv4/fib_frontend.c#fib_get_table")
public record FibTables(Fib local, Fib main, @Nullable NetDevice loopback) {
    /// Nothing.
    public static final FibTables EMPTY = new FibTables(Fib.EMPTY, Fib.EMPTY, null);

    /// The best route to an address: of the local table first.
    ///
    /// @param ifIndex only routes by this device; 0 for any
    public @Nullable Route lookup(int address, int ifIndex) {
        Route r = local.lookup(address, ifIndex);
        return r != null ? r : main.lookup(address, ifIndex);
    }

    /// Whether an address is this host's own.
    public boolean isLocal(int address) {
        Route r = local.lookup(address, 0);
        return r != null && r.kind() == RouteKind.LOCAL;
    }
}

package dev.netstack4j.cli.demo;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.stack.Stack;

/// The demo's ping for tests of other packages.
public final class Pinger {
    private Pinger() {}

    /// Replies to `count` pings of `bytes` bytes.
    public static int replies(Stack stack, IpAddress to, int count, int bytes) throws NetException {
        try (Ping ping = new Ping(stack, 5_000_000_000L)) {
            return ping.run(to, count, count, bytes).roundTrips().size();
        }
    }
}

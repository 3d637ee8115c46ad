package dev.netstack4j.proto.udp.demux;

import dev.netstack4j.api.address.IpAddress;

/// Both ends of a socket, as softirq compares them: addresses in 128 bits, 0 for open ones. Immutable, so that it
/// changes at once.
record Ends(long localHigh, long localLow, int localPort, long remoteHigh, long remoteLow, int remotePort) {
    static final Ends NONE = new Ends(0, 0, 0, 0, 0, 0);

    static Ends of(IpAddress local, int localPort, IpAddress remote, int remotePort) {
        boolean anyLocal = local.isAny();
        boolean anyRemote = remote.isAny();
        return new Ends(
                anyLocal ? 0 : local.high(),
                anyLocal ? 0 : local.low(),
                localPort,
                anyRemote ? 0 : remote.high(),
                anyRemote ? 0 : remote.low(),
                anyRemote ? 0 : remotePort);
    }

    boolean isAnyLocal() {
        return localHigh == 0 && localLow == 0;
    }

    boolean isConnected() {
        return remoteHigh != 0 || remoteLow != 0;
    }

    boolean overlapsLocal(Ends o) {
        return isAnyLocal() || o.isAnyLocal() || localHigh == o.localHigh && localLow == o.localLow;
    }
}

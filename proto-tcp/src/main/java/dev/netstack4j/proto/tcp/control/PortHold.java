package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.address.IpAddress;
import org.jspecify.annotations.Nullable;

/// One socket's hold on a local port, as the port table keeps it. Guarded by the table's lock. Written by demux.
public final class PortHold {
    /// The port.
    public final int port;
    /// The bound address.
    public IpAddress address;
    /// The bound device; 0 for any.
    public final int device;
    /// SO_REUSEADDR when it was bound.
    public boolean reuseAddress;
    /// SO_REUSEPORT when it was bound.
    public boolean reusePort;
    /// Whether it was taken by `connect` and is shared by different peers.
    public boolean shared;
    /// Whether its socket listens.
    public boolean listening;
    /// The next hold on the same port.
    public @Nullable PortHold next;
    /// The one before on the same port.
    public @Nullable PortHold previous;

    /// A hold.
    public PortHold(int port, IpAddress address, int device, boolean reuseAddress, boolean reusePort, boolean shared) {
        this.port = port;
        this.address = address;
        this.device = device;
        this.reuseAddress = reuseAddress;
        this.reusePort = reusePort;
        this.shared = shared;
    }
}

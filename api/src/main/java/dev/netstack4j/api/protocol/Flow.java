package dev.netstack4j.api.protocol;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.doc.Linux;
import org.jspecify.annotations.Nullable;

/// A question to routing and its answer. Re-usable: [#reset] first. Not thread-safe.
@Linux("include/net/flow.h#flowi4")
public final class Flow {
    private IpAddress source = IpAddress.ANY_V4;
    private IpAddress destination = IpAddress.ANY_V4;
    private int protocol;
    private int sourcePort;
    private int destinationPort;
    private int device;
    private int tos;
    private int mark;
    private @Nullable Dst dst;

    /// An empty question.
    public Flow() {}

    /// Begins a new question.
    ///
    /// @param source the address to send from, or the wildcard to let routing choose
    public Flow reset(IpAddress source, IpAddress destination, int protocol) {
        this.source = source;
        this.destination = destination;
        this.protocol = protocol;
        sourcePort = 0;
        destinationPort = 0;
        device = 0;
        tos = 0;
        mark = 0;
        dst = null;
        return this;
    }

    /// Adds the ports.
    public Flow ports(int sourcePort, int destinationPort) {
        this.sourcePort = sourcePort;
        this.destinationPort = destinationPort;
        return this;
    }

    /// Adds a device that must be used, by index (0: any), type of service and mark.
    public Flow via(int ifIndex, int tos, int mark) {
        this.device = ifIndex;
        this.tos = tos;
        this.mark = mark;
        return this;
    }

    /// Source address: as asked, or as chosen by routing.
    public IpAddress source() {
        return source;
    }

    /// Destination address.
    public IpAddress destination() {
        return destination;
    }

    /// IP protocol.
    public int protocol() {
        return protocol;
    }

    /// Source port.
    public int sourcePort() {
        return sourcePort;
    }

    /// Destination port.
    public int destinationPort() {
        return destinationPort;
    }

    /// Index of the device that must be used; 0 for any.
    public int device() {
        return device;
    }

    /// Type of service.
    public int tos() {
        return tos;
    }

    /// Mark.
    public int mark() {
        return mark;
    }

    /// The route; null before an answer.
    public @Nullable Dst dst() {
        return dst;
    }

    /// The answer. Called by routing.
    public void answer(Dst dst, IpAddress source) {
        this.dst = dst;
        this.source = source;
    }
}

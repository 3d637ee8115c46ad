package dev.netstack4j.proto.ipv4.route;

import dev.netstack4j.api.netfilter.Continuation;
import jakarta.inject.Inject;

/// Where routes lead: filled in by the parts that take the packets, asked by each dst. It breaks the circle in which
/// routing needs delivery and delivery needs routing.
public final class DstPaths {
    private static final Continuation MISSING = (skb, cpu) -> {
        throw new IllegalStateException("a part of IPv4 is missing");
    };

    private volatile Continuation deliver = MISSING;
    private volatile Continuation forward = MISSING;
    private volatile Continuation output = MISSING;
    private volatile Continuation multicastOutput = MISSING;

    /// Empty.
    @Inject
    public DstPaths() {}

    /// To this host.
    public Continuation deliver() {
        return deliver;
    }

    /// Sets the way to this host.
    public void deliver(Continuation path) {
        deliver = path;
    }

    /// To other hosts.
    public Continuation forward() {
        return forward;
    }

    /// Sets the way to other hosts.
    public void forward(Continuation path) {
        forward = path;
    }

    /// Out of a device.
    public Continuation output() {
        return output;
    }

    /// Sets the way out of a device.
    public void output(Continuation path) {
        output = path;
    }

    /// Out of a device to many.
    public Continuation multicastOutput() {
        return multicastOutput;
    }

    /// Sets the way out of a device to many.
    public void multicastOutput(Continuation path) {
        multicastOutput = path;
    }
}

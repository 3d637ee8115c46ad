package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Options;

/// A kind of wire; one per stack, injected.
@ImplementedByExtensions
public interface WireOps {
    /// Makes one end of a wire. Process context under the control lock.
    Wire create(WireContext context, Options options) throws NetException;

    /// Whether it touches the world outside, which a virtual-time stack refuses.
    boolean touchesOutside();
}

package dev.netstack4j.wire.stream;

import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;

/// Contributes the wire kind `stream`.
public final class StreamModule implements StackModule {
    /// For `ServiceLoader`.
    public StreamModule() {}

    @Override
    public String name() {
        return "wire-stream";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.wire("stream", StreamOptions.SCHEMA, StreamWireOps.class);
    }
}

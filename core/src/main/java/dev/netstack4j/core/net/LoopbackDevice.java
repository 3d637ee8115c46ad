package dev.netstack4j.core.net;

import dev.netstack4j.api.spi.Lifecycle;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Makes `lo` at start.
@Singleton
public final class LoopbackDevice implements Lifecycle {
    @Inject
    public LoopbackDevice() {}
}

package dev.netstack4j.bus.emulated.dma;

import dev.netstack4j.api.hardware.DmaMapper;

/// Both sides of one device's DMA.
public interface HostDma extends DmaMapper, DmaPort {
    /// The bus ends: frees what it still holds.
    void close();
}

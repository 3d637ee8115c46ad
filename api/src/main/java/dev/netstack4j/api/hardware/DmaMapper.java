package dev.netstack4j.api.hardware;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;

/// Gives a device access to memory. Between [#map] and [#unmap] the buffer belongs to the device; the driver looks at
/// it only after [#syncForCpu] and returns it with [#syncForDevice].
@ImplementedByExtensions
@Linux("include/linux/dma-mapping.h#dma_map_single")
public interface DmaMapper {
    /// What [#map] returns when a mapping cannot be made.
    long MAPPING_ERROR = -1;

    /// The host's memory, in which rings and buffers lie.
    PhysicalMemory memory();

    /// Memory for rings that both sides use at all times: zeroed, aligned to 64 KiB (BUS-9), mapped until freed.
    /// Process context.
    ///
    /// @return its address, which is its bus address too, or -1 when memory is short (BUS-10)
    @Linux("include/linux/dma-mapping.h#dma_alloc_coherent")
    long allocCoherent(int bytes);

    /// Gives back what [#allocCoherent] returned. Process context.
    void freeCoherent(long address, int bytes);

    /// Hands `bytes` from `address` to the device. Any context.
    ///
    /// @return the bus address to put into a descriptor, or [#MAPPING_ERROR], always so for what is not in memory
    ///     (BUS-11)
    long map(long address, int bytes, DmaDirection direction);

    /// Takes the buffer back, with the length and direction with which it was mapped (NDO-38). Any context.
    ///
    /// @param busAddress what [#map] returned
    void unmap(long busAddress, int bytes, DmaDirection direction);

    /// Lets the CPU look at a buffer that stays mapped.
    void syncForCpu(long busAddress, int bytes, DmaDirection direction);

    /// Returns such a buffer to the device.
    void syncForDevice(long busAddress, int bytes, DmaDirection direction);
}

package dev.netstack4j.bus.emulated.dma;

import dev.netstack4j.api.buffer.PhysicalMemory;
import org.jspecify.annotations.Nullable;

/// A chip's side of DMA. The chip asks before it touches memory and drops the transfer when it may not: what a master
/// abort does.
public interface DmaPort {
    /// The host's memory.
    PhysicalMemory memory();

    /// Whether the chip may read these bytes; if not, a fault is counted.
    ///
    /// @param what the chip's purpose, for messages: a constant
    boolean mayRead(long at, int bytes, String what);

    /// Whether the chip may write these bytes; if not, a fault is counted.
    boolean mayWrite(long at, int bytes, String what);

    /// Writes back the last word of a descriptor, or where the driver finds the head; the chip was allowed to.
    void writeBack64(long at, long value);

    /// The same for 32 bits.
    void writeBack32(long at, int value);

    /// Whether the transmitter stands still, by a fault that was injected.
    boolean transmitterHangs();

    /// The chip was reset: a hang ends, and what was not written back never is.
    void wasReset();

    /// Transfers that were refused.
    long faults();

    /// The description of a fault that is to stop the test, once; null when there is none. Asked by the chip's engine,
    /// which throws it, so that a fault never surfaces on the thread of another host.
    @Nullable
    String takeFault();
}

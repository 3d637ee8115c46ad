package dev.netstack4j.api.hardware;

/// Who writes a mapped buffer.
public enum DmaDirection {
    /// The device reads what the CPU wrote.
    TO_DEVICE,
    /// The device writes, the CPU reads.
    FROM_DEVICE,
    /// Both.
    BIDIRECTIONAL
}

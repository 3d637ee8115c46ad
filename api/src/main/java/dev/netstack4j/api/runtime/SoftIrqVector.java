package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.Linux;

/// The softirq vectors, in the order in which pending ones run.
@Linux("include/linux/interrupt.h#HI_SOFTIRQ")
public enum SoftIrqVector {
    /// High-priority tasklets.
    HI,
    /// Expired timers.
    TIMER,
    /// Completed transmissions and scheduled qdiscs.
    NET_TX,
    /// The NAPI poll list.
    NET_RX,
    /// Ordinary tasklets.
    TASKLET
}

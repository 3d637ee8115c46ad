package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;

/// Binds actions to softirq vectors. Core owns TIMER, NET_TX and NET_RX.
@ProvidedByCore
@Linux("kernel/softirq.c#open_softirq")
public interface SoftIrqs {
    /// Binds `action`; a vector has one action.
    ///
    /// @throws IllegalStateException when the vector already has one
    void open(SoftIrqVector vector, Action action);

    /// What runs when a vector is pending. Softirq context; never waits.
    @FunctionalInterface
    interface Action {
        /// Runs on `cpu` with the vector's pending bit already cleared.
        void run(Cpu cpu);
    }
}

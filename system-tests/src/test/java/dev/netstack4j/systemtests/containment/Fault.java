package dev.netstack4j.systemtests.containment;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.runtime.Cpu;

/// What the faulty module does now.
enum Fault {
    /// Throws a RuntimeException.
    RUNTIME,
    /// Throws a LinkageError, as a class of another version would.
    LINKAGE,
    /// Frees the packet, then throws.
    FREES_FIRST;

    /// Fails with a packet in hand.
    void strike(SkBuff skb, ConsumeReason freed, Cpu cpu) {
        if (this == FREES_FIRST) {
            skb.consume(freed, cpu);
        }
        strike();
    }

    /// Fails.
    void strike() {
        if (this == LINKAGE) {
            throw new NoClassDefFoundError("dev/example/Gone");
        }
        throw new IllegalStateException("a fault made by the test");
    }
}

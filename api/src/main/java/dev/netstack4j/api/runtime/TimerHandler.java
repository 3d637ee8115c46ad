package dev.netstack4j.api.runtime;

/// What a timer runs.
@FunctionalInterface
public interface TimerHandler {
    /// Softirq context on `cpu`, no lock held. Never waits.
    void expired(Cpu cpu);
}

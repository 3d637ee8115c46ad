package dev.netstack4j.api.runtime;

/// In which context code runs, as in Linux.
public enum Context {
    /// A system call or work item: may leave the CPU and wait.
    PROCESS,
    /// A softirq action, a NAPI poll or a timer: never waits.
    SOFTIRQ,
    /// An interrupt handler: acknowledges and schedules, nothing else.
    HARDIRQ
}

package dev.netstack4j.bench.endtoend;

/// What the machine does beside the measured traffic; `bench/run` brings it about.
enum Regime {
    /// Nothing: a CPU without work sleeps, and waking it is part of what is measured.
    DEFAULT,
    /// A thread that only runs when nothing else wants to keeps each CPU from sleeping.
    NO_HALT,
    /// Both ends have one CPU.
    SAME_CPU
}

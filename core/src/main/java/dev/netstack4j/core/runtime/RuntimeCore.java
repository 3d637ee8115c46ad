package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.StackRuntime;

/// What core's runtimes offer to assembly beyond the public contract.
public interface RuntimeCore extends StackRuntime {
    /// Runtime services for a new stack.
    ///
    /// @param name the stack's name, part of the seeds of its random streams
    /// @param cpus number of CPUs, at least 1
    HostRuntime newHost(String name, int cpus);

    /// A runtime in real time.
    static RuntimeCore realTime() {
        return new RealRuntime();
    }

    /// A runtime in virtual time.
    static SteppedRuntime virtualTime(long seed) {
        return new SteppedRuntime(seed);
    }
}

package dev.netstack4j.api.stack;

import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.spi.StackModule;
import java.util.Map;

/// Assembles a stack. Not thread-safe.
@ProvidedByCore
public interface StackBuilder {
    /// Names the stack.
    StackBuilder name(String name);

    /// Time and threads; without this call a real-time runtime of its own, closed with the stack.
    StackBuilder runtime(StackRuntime runtime);

    /// Number of CPUs, 1 by default.
    StackBuilder cpus(int count);

    /// Size of the host's memory, 64 MiB by default; 4 MiB to 2 GiB, rounded up to 64 KiB.
    StackBuilder memory(long bytes);

    /// Adds every module that `ServiceLoader` finds with a class loader.
    StackBuilder discover(ClassLoader loader);

    /// Adds every module that `ServiceLoader` finds in a layer.
    StackBuilder discover(ModuleLayer layer);

    /// Adds a module.
    StackBuilder with(StackModule module);

    /// Leaves a module out by name, found or added.
    StackBuilder without(String moduleName);

    /// Says that devices will be plugged into a bus of that kind, and how the bus is to be made. Needed for a bus that
    /// shares the host's memory with other processes, or for options other than the defaults; any other bus is made on
    /// first use without it.
    ///
    /// @param kind    a contributed kind, for example `qemu`
    /// @param options options of the bus, as text
    StackBuilder bus(String kind, Map<String, String> options);

    /// Sets a setting before anything runs.
    StackBuilder sysctl(String name, int value);

    /// Sets a setting whose value is text before anything runs.
    StackBuilder sysctl(String name, String value);

    /// Checks everything, constructs everything, starts everything.
    ///
    /// @throws AssemblyException with all problems together
    Stack build() throws AssemblyException;
}

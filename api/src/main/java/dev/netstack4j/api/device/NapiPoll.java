package dev.netstack4j.api.device;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;

/// A driver's poll.
@ImplementedByExtensions
@Linux("include/linux/netdevice.h#napi_struct")
@FunctionalInterface
public interface NapiPoll {
    /// Cleans the transmit ring, then takes at most `budget` received packets (NDO-41). Softirq context on `cpu`.
    ///
    /// @param budget most packets to receive; 0 means: clean the transmit ring only (NDO-43)
    /// @return packets received; less than `budget` exactly when [Napi#complete] was called (NDO-42)
    int poll(Napi napi, int budget, Cpu cpu);
}

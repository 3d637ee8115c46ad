package dev.netstack4j.api.link;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;

/// Sees every frame of one device behind the taps and before the protocols: bridge, macvlan.
@ImplementedByExtensions
@Linux("include/linux/netdevice.h#rx_handler_result")
public interface RxHandler {
    /// Looks at a frame. Softirq context on `cpu`.
    Result handle(SkBuff skb, Cpu cpu);

    /// What became of the frame.
    enum Result {
        /// The handler owns it.
        CONSUMED,
        /// `skb.dev()` was changed: receive it again there.
        ANOTHER,
        /// Go on as if there were no handler.
        PASS
    }
}

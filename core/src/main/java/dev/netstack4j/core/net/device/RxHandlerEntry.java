package dev.netstack4j.core.net.device;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.link.RxHandler;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.core.net.failure.FailureSite;

/// The handler that sees every frame of one device.
public final class RxHandlerEntry {
    private final RxHandler handler;
    private final FailureSite site;

    /// @param site around the handler's code
    public RxHandlerEntry(RxHandler handler, FailureSite site) {
        this.handler = handler;
        this.site = site;
    }

    /// Asks the handler; one that throws has consumed the frame.
    public RxHandler.Result handle(SkBuff skb, Cpu cpu) {
        int handovers = skb.handovers();
        try {
            return handler.handle(skb, cpu);
        } catch (Throwable t) {
            site.failedWith(skb, handovers, "rx handler", t, cpu);
            return RxHandler.Result.CONSUMED;
        }
    }
}

package dev.netstack4j.core.net;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.SentPackets;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.core.net.transmit.NetTxAction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Frees packets that a device has sent.
@Singleton
public final class SentPacketsQueue implements SentPackets {
    private final NetTxAction action;

    /// Injected.
    @Inject
    public SentPacketsQueue(NetTxAction action) {
        this.action = action;
    }

    @Override
    public void consumeFromIrq(SkBuff skb, Cpu cpu) {
        action.consumeLater(skb, cpu);
    }

    @Override
    public void consume(SkBuff skb, Cpu cpu) {
        skb.consume(action.sentReason(), cpu);
    }
}

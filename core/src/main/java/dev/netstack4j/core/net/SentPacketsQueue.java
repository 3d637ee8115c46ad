package dev.netstack4j.core.net;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.SentPackets;
import dev.netstack4j.api.runtime.Cpu;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Frees packets that were sent.
@Singleton
public final class SentPacketsQueue implements SentPackets {
    @Inject
    public SentPacketsQueue() {}

    @Override
    public void consumeFromIrq(SkBuff skb, Cpu cpu) {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public void consume(SkBuff skb, Cpu cpu) {
        throw new UnsupportedOperationException("being written");
    }
}

package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.core.net.receive.HandlerEntry;
import dev.netstack4j.core.net.receive.HandlerRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Shows packets to taps right before the driver gets them.
@Singleton
@Linux("net/core/dev.c#dev_queue_xmit_nit")
public final class TransmitTaps {
    private final HandlerRegistry registry;

    /// Injected.
    @Inject
    public TransmitTaps(HandlerRegistry registry) {
        this.registry = registry;
    }

    /// Gives every tap that wants it a clone. A packet that the driver refused once was seen already.
    void show(SkBuff skb, NetDevice device, Cpu cpu) {
        HandlerEntry[] taps = registry.tables().taps();
        if (taps.length > 0 && !skb.requeued()) {
            showTo(taps, skb, device, cpu);
        }
    }

    private static void showTo(HandlerEntry[] taps, SkBuff skb, NetDevice device, Cpu cpu) {
        for (HandlerEntry tap : taps) {
            if (tap.wants(device, device)) {
                tap.deliver(asSeen(skb, device, cpu), device, device, cpu);
            }
        }
    }

    private static SkBuff asSeen(SkBuff skb, NetDevice device, Cpu cpu) {
        SkBuff seen = skb.clone(cpu);
        seen.kind(PacketKind.OUTGOING);
        seen.resetMacHeader();
        int header = device.config().linkHeaderLength();
        if (header > 0 && seen.headLength() >= header) {
            seen.pull(header);
        }
        seen.resetNetworkHeader();
        return seen;
    }
}

package dev.netstack4j.core.net.offload;

import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.DeviceConfig;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Cuts packets that stand for several, where the device does not.
@Singleton
@Linux("net/core/gso.c#__skb_gso_segment")
public final class GsoCutter {
    private final OffloadTable offloads;

    /// Injected.
    @Inject
    public GsoCutter(OffloadTable offloads) {
        this.offloads = offloads;
    }

    /// Whether a device takes a packet that stands for several as it is.
    @Linux("net/core/dev.c#netif_needs_gso")
    public static boolean deviceCuts(SkBuff skb, DeviceConfig device) {
        int feature = switch (skb.gsoType()) {
            case GsoType.TCP4 -> (int) DeviceFeatures.TSO;
            case GsoType.TCP6 -> (int) DeviceFeatures.TSO6;
            case GsoType.UDP_L4 -> (int) DeviceFeatures.USO;
            default -> 0;
        };
        return (device.features() & feature) != 0
                && (skb.frags() == 0 || (device.features() & DeviceFeatures.SG) != 0)
                && skb.length() - device.linkHeaderLength() <= device.gsoMaxSize();
    }

    /// Cuts a packet into pieces at the end of `into`.
    ///
    /// @param share whether pieces may share its payload
    /// @return false: it could not be, and stays with the caller
    public boolean cut(SkBuff skb, boolean share, SkBuffQueue into, Cpu cpu) {
        OffloadEntry entry = offloads.find(skb.protocol());
        return entry != null && entry.segment(skb, share, into, cpu);
    }
}

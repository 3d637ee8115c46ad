package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.DeviceConfig;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.core.net.device.Device;
import dev.netstack4j.core.net.offload.GsoCutter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Makes a packet fit for a device that lacks an ability: the VLAN tag goes into the bytes, fragments into one area,
/// the checksum is summed here, and what stands for several packets is cut.
@Singleton
@Linux("net/core/dev.c#validate_xmit_skb")
public final class PacketValidator {
    private static final int TAG = 4;
    private static final int ADDRESSES = 12;
    private static final int TCP_OFFSET = 16;
    private static final int UDP_OFFSET = 6;

    private final GsoCutter cutter;
    private final SkBuffQueue[] pieces; // by CPU, empty between calls
    private final DropReason noMemory;
    private final DropReason uncut;
    private final DropReason badChecksum;

    /// Injected.
    @Inject
    public PacketValidator(GsoCutter cutter, Cpus cpus, PacketReasons reasons) {
        this.cutter = cutter;
        pieces = new SkBuffQueue[cpus.count()];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = new SkBuffQueue();
        }
        noMemory = reasons.drop("NET_TX_NO_MEMORY", "no memory to make the packet fit for the device");
        uncut = reasons.drop("NET_TX_GSO", "a super-frame that could not be cut");
        badChecksum = reasons.drop("NET_TX_CSUM", "the checksum's place lies outside the packet");
    }

    /// Makes all packets fit; those that cannot be are dropped.
    void validate(Device device, SkBuffQueue batch, Cpu cpu) {
        DeviceConfig config = device.config();
        for (SkBuff skb = batch.peek(); skb != null; ) {
            SkBuff next = skb.next();
            if (!isFit(skb)) {
                if (needsCut(skb, config)) {
                    replaceByPieces(skb, config, batch, cpu);
                } else {
                    makeFit(skb, config.features(), batch, cpu);
                }
            }
            skb = next;
        }
    }

    /// Whether a packet stands for several that the device cannot cut.
    boolean needsCut(SkBuff skb, DeviceConfig config) {
        return skb.gsoSize() != 0 && !GsoCutter.deviceCuts(skb, config);
    }

    /// Cuts a packet and makes all pieces fit, at the end of `into`; takes the skb.
    ///
    /// @return false: it could not be cut and was dropped
    boolean cut(SkBuff skb, DeviceConfig config, SkBuffQueue into, Cpu cpu) {
        if (!cutter.cut(skb, (config.features() & DeviceFeatures.SG) != 0, into, cpu)) {
            skb.drop(uncut, cpu);
            return false;
        }
        for (SkBuff piece = into.peek(); piece != null; ) {
            SkBuff next = piece.next();
            makeFit(piece, config.features(), into, cpu);
            piece = next;
        }
        return true;
    }

    private void replaceByPieces(SkBuff skb, DeviceConfig config, SkBuffQueue batch, Cpu cpu) {
        SkBuff before = skb.prev();
        SkBuffQueue cut = pieces[cpu.id()];
        batch.unlink(skb);
        if (!cut(skb, config, cut, cpu)) {
            return;
        }
        for (SkBuff piece = cut.pollTail(); piece != null; piece = cut.pollTail()) {
            if (before == null) {
                batch.addHead(piece);
            } else {
                batch.addAfter(before, piece);
            }
        }
    }

    /// Makes a packet of a list fit; one that cannot be is dropped.
    private void makeFit(SkBuff skb, long features, SkBuffQueue list, Cpu cpu) {
        DropReason why = isFit(skb) ? null : makeFit(skb, features, cpu);
        if (why != null) {
            list.unlink(skb);
            skb.drop(why, cpu);
        }
    }

    /// Makes one packet fit that is not to be cut.
    ///
    /// @return false: it could not be and was dropped
    boolean validate(Device device, SkBuff skb, Cpu cpu) {
        long features = device.config().features();
        DropReason why = isFit(skb) ? null : makeFit(skb, features, cpu);
        if (why != null) {
            skb.drop(why, cpu);
        }
        return why == null;
    }

    private static boolean isFit(SkBuff skb) {
        return skb.frags() == 0
                && skb.checksumState() != ChecksumState.PARTIAL
                && !skb.vlanPresent()
                && skb.gsoSize() == 0;
    }

    private @Nullable DropReason makeFit(SkBuff skb, long features, Cpu cpu) {
        if (skb.vlanPresent() && (features & DeviceFeatures.VLAN_TX) == 0 && !pushTag(skb, cpu)) {
            return noMemory;
        }
        if (skb.frags() > 0 && (features & DeviceFeatures.SG) == 0 && !skb.linearise(cpu)) {
            return noMemory;
        }
        boolean open = skb.checksumState() == ChecksumState.PARTIAL && !deviceSums(skb, features);
        return open && !completeChecksum(skb) ? badChecksum : null;
    }

    private static boolean deviceSums(SkBuff skb, long features) {
        if ((features & DeviceFeatures.HW_CSUM) != 0) {
            return true;
        }
        boolean known = skb.csumOffset() == TCP_OFFSET || skb.csumOffset() == UDP_OFFSET;
        return (features & DeviceFeatures.IP_CSUM) != 0 && known && skb.protocol() == EtherType.IPV4;
    }

    /// The checksum's place is in headers, which only this packet uses even when its payload is shared.
    @Linux("net/core/dev.c#skb_checksum_help")
    private static boolean completeChecksum(SkBuff skb) {
        int start = skb.csumStart() - skb.data();
        int field = skb.csumStart() + skb.csumOffset();
        if (start < 0 || start >= skb.length() || field + 2 > skb.tail()) {
            return false;
        }
        int sum = Checksum.finish(skb.sum(start, skb.length() - start));
        skb.put16(field, sum == 0 ? 0xFFFF : sum);
        skb.checksumState(ChecksumState.NONE);
        return true;
    }

    @Linux("include/linux/if_vlan.h#__vlan_hwaccel_push_inside")
    private static boolean pushTag(SkBuff skb, Cpu cpu) {
        if (skb.headLength() < ADDRESSES + 2 || !skb.makeHeadWritable(TAG, cpu)) {
            return false;
        }
        int from = skb.data();
        int to = skb.push(TAG);
        skb.put64(to, skb.get64(from));
        skb.put32(to + 8, skb.get32(from + 8));
        skb.put16(to + ADDRESSES, EtherType.VLAN);
        skb.put16(to + ADDRESSES + 2, skb.vlanTci());
        skb.resetMacHeader();
        skb.protocol(EtherType.VLAN);
        skb.clearVlanTag();
        return true;
    }
}

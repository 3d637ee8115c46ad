package dev.netstack4j.core.net.receive;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.RxHandler;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.core.net.device.Device;
import dev.netstack4j.core.net.device.RxHandlerEntry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// The way of a received frame: taps, the device's own handler, the handlers of its EtherType. Each handler but the
/// last gets a clone. Not implemented: ingress qdiscs, software VLAN devices.
@Singleton
@Linux("net/core/dev.c#__netif_receive_skb_core")
public final class ReceivePath {
    /// How often an rx handler may send a frame through again on another device.
    private static final int MOST_ROUNDS = 8;

    private final HandlerRegistry registry;
    private final VlanUntag vlan;
    private final DropReason empty;
    private final DropReason noDevice;
    private final DropReason unhandled;
    private final DropReason loop;

    /// Injected.
    @Inject
    public ReceivePath(HandlerRegistry registry, VlanUntag vlan, PacketReasons reasons) {
        this.registry = registry;
        this.vlan = vlan;
        empty = reasons.drop("NET_RUNT", "a frame without anything behind its link-layer header");
        noDevice = reasons.drop("NET_NO_DEVICE", "a frame without a device");
        unhandled = reasons.drop("NET_UNHANDLED_PROTO", "nobody receives this EtherType");
        loop = reasons.drop("NET_RX_LOOP", "rx handlers sent the frame round and round");
    }

    /// Receives one frame; takes the skb. Softirq context.
    @Linux("net/core/dev.c#netif_receive_skb")
    public void receive(SkBuff skb, Cpu cpu) {
        NetDevice original = skb.dev();
        HandlerEntry last = classify(skb, cpu);
        NetDevice current = skb.dev();
        if (last != null && current != null && original != null) {
            last.deliver(skb, current, original, cpu);
        }
    }

    /// Shows a frame to everybody but the last handler that wants it.
    ///
    /// @return that handler, which gets the skb itself from the caller; null: the skb is gone
    @Nullable
    HandlerEntry classify(SkBuff skb, Cpu cpu) {
        NetDevice original = skb.dev();
        if (original == null || skb.length() == 0) {
            skb.drop(original == null ? noDevice : empty, cpu);
            return null;
        }
        skb.resetNetworkHeader();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            if (skb.protocol() == EtherType.VLAN && !vlan.untag(skb, cpu)) {
                return null;
            }
            HandlerTables tables = registry.tables();
            NetDevice current = skb.dev();
            if (current == null) {
                skb.drop(noDevice, cpu);
                return null;
            }
            HandlerEntry last = tables.taps().length == 0 ? null : taps(tables, skb, current, original, cpu);
            RxHandlerEntry own = current instanceof Device d ? d.rxHandler() : null;
            if (own != null) {
                last = flush(last, skb, current, original, cpu);
                RxHandler.Result result = own.handle(skb, cpu);
                if (result == RxHandler.Result.CONSUMED) {
                    return null;
                }
                if (result == RxHandler.Result.ANOTHER) {
                    continue;
                }
            }
            return owners(tables, last, skb, current, original, cpu);
        }
        skb.drop(loop, cpu);
        return null;
    }

    /// Goes through the taps; the last one is left waiting.
    private static @Nullable HandlerEntry taps(
            HandlerTables tables, SkBuff skb, NetDevice current, NetDevice original, Cpu cpu) {
        HandlerEntry last = null;
        for (HandlerEntry e : tables.taps()) {
            if (e.wants(current, original)) {
                flush(last, skb, current, original, cpu);
                last = e;
            }
        }
        return last;
    }

    /// Goes through the handlers of the EtherType; `last` is who waited before them.
    private @Nullable HandlerEntry owners(
            HandlerTables tables,
            @Nullable HandlerEntry waiting,
            SkBuff skb,
            NetDevice current,
            NetDevice original,
            Cpu cpu) {
        HandlerEntry last = waiting;
        int protocol = skb.protocol();
        for (HandlerEntry e : tables.bucket(protocol)) {
            if (e.etherType() == protocol && e.wants(current, original)) {
                flush(last, skb, current, original, cpu);
                last = e;
            }
        }
        if (last == null) {
            skb.drop(unhandled, cpu);
        }
        return last;
    }

    /// Hands a clone to the handler that waits, because another one comes behind it.
    private static @Nullable HandlerEntry flush(
            @Nullable HandlerEntry waiting, SkBuff skb, NetDevice current, NetDevice original, Cpu cpu) {
        if (waiting != null) {
            waiting.deliverClone(skb, current, original, cpu);
        }
        return null;
    }
}

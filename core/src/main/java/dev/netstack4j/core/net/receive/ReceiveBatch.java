package dev.netstack4j.core.net.receive;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.core.net.offload.GroTable;
import dev.netstack4j.core.net.offload.OffloadTable;
import dev.netstack4j.core.net.steering.Steering;
import org.jspecify.annotations.Nullable;

/// Frames of one poll. They are looked at one by one and in order; neighbours that end at the same handler and device
/// go to it together. Owned by whoever polls.
@Linux("net/core/dev.c#__netif_receive_skb_list_core")
public final class ReceiveBatch {
    private final ReceivePath path;
    private final GroTable gro;
    private final @Nullable Steering steering;
    private final SkBuffQueue incoming = new SkBuffQueue();
    private final SkBuffQueue run = new SkBuffQueue();
    private final BatchMembers members = new BatchMembers();
    private @Nullable HandlerEntry runHandler;
    private @Nullable NetDevice runDevice;

    /// An empty batch.
    ///
    /// @param steering which may leave frames for other CPUs; null: they are on theirs already, and merged
    public ReceiveBatch(ReceivePath path, OffloadTable offloads, @Nullable Steering steering) {
        this.path = path;
        this.steering = steering;
        gro = new GroTable(offloads);
    }

    /// Adds a frame, or merges it into one that waits where the device asks for that; takes the skb. Softirq context.
    public void add(SkBuff skb, Cpu cpu) {
        NetDevice device = skb.dev();
        if (steering != null && device != null && device.hasFeature(DeviceFeatures.GRO)) {
            gro.receive(skb, incoming, cpu);
        } else {
            incoming.addTail(skb);
        }
    }

    /// Number of frames that wait.
    public int length() {
        return incoming.length();
    }

    /// Sends everything up. Softirq context.
    public void flush(Cpu cpu) {
        gro.flush(cpu);
        for (SkBuff skb = incoming.poll(); skb != null; skb = incoming.poll()) {
            if (steering == null || !steering.takes(skb, cpu)) {
                sendUp(skb, cpu);
            }
        }
        deliverRun(cpu);
    }

    private void sendUp(SkBuff skb, Cpu cpu) {
        NetDevice original = skb.dev();
        HandlerEntry handler = path.classify(skb, cpu);
        if (handler != null) {
            append(handler, skb, original, cpu);
        }
    }

    private void append(HandlerEntry handler, SkBuff skb, @Nullable NetDevice original, Cpu cpu) {
        NetDevice current = skb.dev();
        if (handler != runHandler || current != runDevice || original != current || members.isFull()) {
            deliverRun(cpu);
        }
        if (current == null || original == null) {
            throw new IllegalStateException("a frame lost its device");
        }
        if (original != current) {
            handler.deliver(skb, current, original, cpu); // a list knows one device only
            return;
        }
        runHandler = handler;
        runDevice = current;
        run.addTail(skb);
        members.add(skb);
    }

    private void deliverRun(Cpu cpu) {
        HandlerEntry handler = runHandler;
        NetDevice device = runDevice;
        runHandler = null;
        runDevice = null;
        if (handler != null && device != null) {
            handler.deliverList(run, members, device, cpu);
            members.clear();
        }
    }
}

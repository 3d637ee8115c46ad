package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.runtime.Cpu;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a driver has handed up, each packet as it was in that moment.
public final class Received {
    private final Watch watch;
    private final List<Packet> packets = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final List<WatchedDma> dmas = new ArrayList<>();
    private boolean holding;
    private boolean withoutBudget;
    private Runnable beforeCompletion = () -> {};
    private Runnable onPacket = () -> {};
    private long total;
    private long totalBytes;

    /// A packet that was handed up.
    ///
    /// @param frame    all its bytes, link-layer header first
    /// @param headerAt where the link-layer header was marked, counted from the first byte handed up: -14
    public record Packet(
            byte[] frame,
            int headerAt,
            int protocol,
            PacketKind kind,
            ChecksumState checksum,
            boolean tagged,
            int tag,
            NetDevice device) {}

    private record Held(SkBuff copy, byte[] bytes) {}

    Received(Watch watch) {
        this.watch = watch;
    }

    // ---- what the kit asks and sets

    /// Packets so far, oldest first; they are forgotten here.
    public synchronized List<Packet> takeAll() {
        List<Packet> all = new ArrayList<>(packets);
        packets.clear();
        return all;
    }

    /// How many there are that were not taken.
    public synchronized int count() {
        return packets.size();
    }

    /// How many there ever were.
    public synchronized long total() {
        return total;
    }

    /// Their bytes, with link-layer headers.
    public synchronized long totalBytes() {
        return totalBytes;
    }

    /// Does something just before polling is completed, as another CPU might.
    public void beforeCompletion(Runnable action) {
        beforeCompletion = action;
    }

    void beforeCompletion() {
        beforeCompletion.run();
    }

    /// Does something in the middle of each poll, when a packet is handed up.
    public void onPacket(Runnable action) {
        onPacket = action;
    }

    /// Polls once without a budget before each poll.
    public void pollWithoutBudget(boolean on) {
        withoutBudget = on;
    }

    boolean pollsWithoutBudget() {
        return withoutBudget;
    }

    /// Keeps a clone of each packet from now on.
    public synchronized void hold() {
        holding = true;
    }

    /// Ends [#hold] and frees the clones.
    ///
    /// @return how many of them have changed since they were handed up
    public synchronized int release(ConsumeReason why, Cpu cpu) {
        int changed = 0;
        for (Held h : held) {
            changed += Arrays.equals(bytes(h.copy), h.bytes) ? 0 : 1;
            h.copy.consume(why, cpu);
        }
        held.clear();
        holding = false;
        return changed;
    }

    void watch(WatchedDma dma) {
        dmas.add(dma);
    }

    // ---- taking

    void take(SkBuff skb, NetDevice seen, NetDevice device, Cpu cpu) {
        onPacket.run();
        if (skb.dev() != seen && skb.dev() != device) {
            watch.breaks(Marks.DESCRIBED, "a received packet says that it came in on " + skb.dev());
        }
        skb.dev(device);
        checkOwned(skb);
        synchronized (this) {
            packets.add(describe(skb, device));
            total++;
            totalBytes += skb.length() + EthernetHeader.LENGTH;
            if (holding) {
                held.add(new Held(skb.clone(cpu), bytes(skb)));
            }
        }
    }

    private void checkOwned(SkBuff skb) {
        for (WatchedDma dma : dmas) {
            boolean owned = skb.headLength() > 0 && dma.owns(skb.dataAddress(), skb.headLength());
            for (int i = 0; i < skb.frags(); i++) {
                owned |= dma.owns(skb.fragAddress(i), skb.fragLength(i));
            }
            if (owned) {
                watch.breaks(Marks.HANDED_OVER, "a packet was handed up while its bytes are mapped for the device");
            }
        }
        if (skb.isQueued() || !skb.isLive()) {
            watch.breaks(Marks.HANDED_OVER, "a packet was handed up that is " + (skb.isLive() ? "queued" : "freed"));
        }
    }

    private static byte[] bytes(SkBuff skb) {
        byte[] b = new byte[skb.length()];
        skb.read(0, b, 0, b.length);
        return b;
    }

    private static Packet describe(SkBuff skb, NetDevice device) {
        int header = skb.macHeader();
        byte[] payload = bytes(skb);
        byte[] frame = new byte[EthernetHeader.LENGTH + payload.length];
        for (int i = 0; i < EthernetHeader.LENGTH && header >= 0; i++) {
            frame[i] = (byte) skb.get8(header + i);
        }
        System.arraycopy(payload, 0, frame, EthernetHeader.LENGTH, payload.length);
        return new Packet(
                frame,
                header - skb.data(),
                skb.protocol(),
                skb.kind(),
                skb.checksumState(),
                skb.vlanPresent(),
                skb.vlanTci(),
                device);
    }
}

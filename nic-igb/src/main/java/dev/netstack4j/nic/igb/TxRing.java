package dev.netstack4j.nic.igb;

import static dev.netstack4j.api.hardware.DmaDirection.TO_DEVICE;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// The transmit ring of one queue. `startXmit` posts at `use` and rings the doorbell, under the queue's transmit lock;
/// the poll reclaims from `clean`. The device reports the last descriptor of every packet (RS).
final class TxRing {
    /// Descriptors that a packet of average making needs at most: a context, the linear area, all fragments, and four
    /// splits of long ones.
    static final int RESERVE = SkBuff.MAX_FRAGS + 6;

    private static final int NONE = -1;
    private static final int CONTEXTS = 2;

    private final DescriptorRing ring;
    private final DmaMapper dma;
    private final IoMemory registers;
    private final int tailRegister;
    private final QueueCounters counters;
    private final TxOffload offload = new TxOffload();
    private final @Nullable SkBuff[] packets;
    private final long[] mapped;
    private final int[] lengths;
    /// By first descriptor of a packet: its last.
    private final int[] lastOf;

    // written by startXmit
    private int use;
    private int rung;
    private final long[] contextLow = new long[CONTEXTS];
    private final long[] contextHigh = new long[CONTEXTS];
    private volatile int posted;

    // written by the poll
    private volatile int clean;

    /// @throws NetException ENOMEM
    TxRing(int queue, int count, DmaMapper dma, IoMemory registers, QueueCounters counters) throws NetException {
        ring = new DescriptorRing(dma, count, "transmit");
        this.dma = dma;
        this.registers = registers;
        this.tailRegister = Registers.tx(queue, Registers.TDT);
        this.counters = counters;
        packets = new SkBuff[count];
        mapped = new long[count];
        lengths = new int[count];
        lastOf = new int[count];
    }

    DescriptorRing memory() {
        return ring;
    }

    /// Most descriptors that can be in use at once: head equal to tail means empty.
    int capacity() {
        return ring.count() - 1;
    }

    /// Descriptors that can be posted now. Either side.
    int free() {
        int room = clean - posted - 1;
        return room < 0 ? room + ring.count() : room;
    }

    /// Whether the device has to report something yet. Either side.
    boolean isPending() {
        return clean != posted;
    }

    /// Descriptors that `skb` needs, at most.
    static int needed(SkBuff skb) {
        int n = 1 + pieces(skb.headLength());
        for (int i = 0; i < skb.frags(); i++) {
            n += pieces(skb.fragLength(i));
        }
        return n;
    }

    private static int pieces(int length) {
        return (length + TxDescriptor.MOST_LENGTH - 1) / TxDescriptor.MOST_LENGTH;
    }

    // ---- posting, under the transmit lock

    /// Writes the descriptors of one packet, which has room ([#needed], [#free]). The device hears of them at the next
    /// [#ringDoorbell].
    ///
    /// @return null, or why it could not be posted: nothing is and the caller still owns it
    @Nullable
    DropReason post(SkBuff skb, IgbReasons reasons, Cpu cpu) {
        if (!offload.describe(skb, cpu)) {
            return reasons.txHeaders;
        }
        int first = use;
        boolean wroteContext = offload.needsContext() && writeContext();
        if (!postPieces(skb, offload.command())) {
            takeBack(first, wroteContext);
            return reasons.txMapping;
        }
        int last = before(use);
        ring.addBits(last, TxDescriptor.EOP | TxDescriptor.RS);
        packets[last] = skb;
        lastOf[first] = last;
        skb.handOver();
        posted = use;
        return null;
    }

    /// The device keeps its contexts, so an equal one is not written again.
    private boolean writeContext() {
        int slot = offload.contextIndex();
        if (contextLow[slot] == offload.contextLow() && contextHigh[slot] == offload.contextHigh()) {
            return false;
        }
        contextLow[slot] = offload.contextLow();
        contextHigh[slot] = offload.contextHigh();
        counters.contexts++;
        lengths[use] = 0;
        ring.write(use, offload.contextLow(), offload.contextHigh());
        use = ring.after(use);
        return true;
    }

    private boolean postPieces(SkBuff skb, long command) {
        if (skb.headLength() > 0 && !postRun(skb.dataAddress(), skb.headLength(), command)) {
            return false;
        }
        for (int i = 0; i < skb.frags(); i++) {
            if (!postRun(skb.fragAddress(i), skb.fragLength(i), command)) {
                return false;
            }
        }
        return true;
    }

    private boolean postRun(long address, int length, long command) {
        int done = 0;
        while (done < length) {
            int n = Math.min(length - done, TxDescriptor.MOST_LENGTH);
            long bus = dma.map(address + done, n, TO_DEVICE);
            if (bus == DmaMapper.MAPPING_ERROR) {
                return false;
            }
            mapped[use] = bus;
            lengths[use] = n;
            ring.write(use, bus, command | n);
            use = ring.after(use);
            done += n;
        }
        return true;
    }

    private int before(int index) {
        return index == 0 ? ring.count() - 1 : index - 1;
    }

    private void takeBack(int first, boolean wroteContext) {
        for (int i = first; i != use; i = ring.after(i)) {
            unmap(i);
        }
        use = first;
        if (wroteContext) {
            contextHigh[offload.contextIndex()] = NONE;
        }
    }

    /// Tells the device of everything posted. Nothing happens when nothing was posted.
    void ringDoorbell() {
        if (rung != use) {
            rung = use;
            counters.doorbells++;
            registers.write32(tailRegister, use);
        }
    }

    // ---- reclaiming, in the poll

    /// Frees what the device reports as sent.
    void reclaim(Napi napi, int budget, Cpu cpu) {
        int i = clean;
        int end = posted;
        while (i != end && TxDescriptor.isDone(ring.status(lastOf[i]))) {
            int behind = ring.after(lastOf[i]);
            for (; i != behind; i = ring.after(i)) {
                reclaimOne(i, napi, budget, cpu);
            }
        }
        clean = i;
    }

    private void reclaimOne(int index, Napi napi, int budget, Cpu cpu) {
        unmap(index);
        SkBuff skb = packets[index];
        if (skb != null) {
            packets[index] = null;
            counters.txPackets += Math.max(1, skb.gsoSegments());
            counters.txBytes += skb.length();
            napi.consumeSent(skb, budget, cpu);
        }
    }

    private void unmap(int index) {
        if (lengths[index] > 0) {
            dma.unmap(mapped[index], lengths[index], TO_DEVICE);
            lengths[index] = 0;
        }
    }

    // ---- the end

    /// Drops everything that was not sent and gives the memory back. The device is stopped, nobody else runs here.
    void discard(DropReason why, Cpu cpu) {
        for (int i = clean; i != use; i = ring.after(i)) {
            unmap(i);
            SkBuff skb = packets[i];
            if (skb != null) {
                packets[i] = null;
                skb.drop(why, cpu);
            }
        }
        clean = use;
        ring.free();
    }
}

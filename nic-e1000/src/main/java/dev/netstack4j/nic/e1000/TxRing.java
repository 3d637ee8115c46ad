package dev.netstack4j.nic.e1000;

import static dev.netstack4j.api.hardware.DmaDirection.TO_DEVICE;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// The transmit ring. `startXmit` posts at `use` and rings the doorbell, under the queue's transmit lock; the poll
/// reclaims from `clean`. The device reports only the last descriptor before each doorbell (RS), which says that all
/// before it are done too; the places of these reports are a small queue from the one side to the other.
final class TxRing {
    /// Descriptors that a packet of average making needs at most: a context, the linear area, all fragments, and four
    /// splits of long ones.
    static final int RESERVE = SkBuff.MAX_FRAGS + 6;

    private static final int NO_CONTEXT = -1;

    private final DescriptorRing ring;
    private final DmaMapper dma;
    private final IoMemory registers;
    private final Traffic traffic;
    private final @Nullable SkBuff[] packets;
    private final long[] mapped;
    private final int[] lengths;
    private final int[] reports;

    // written by startXmit
    private int use;
    private int last;
    private boolean unreported;
    private int context = NO_CONTEXT;
    private volatile int reported;

    // written by the poll
    private int reclaimed;
    private volatile int clean;

    /// @throws NetException ENOMEM
    TxRing(int count, DmaMapper dma, IoMemory registers, Traffic traffic) throws NetException {
        ring = new DescriptorRing(dma, count, "transmit");
        this.dma = dma;
        this.registers = registers;
        this.traffic = traffic;
        packets = new SkBuff[count];
        mapped = new long[count];
        lengths = new int[count];
        reports = new int[count];
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
        int room = clean - use - 1;
        return room < 0 ? room + ring.count() : room;
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
    /// @return false when it could not be mapped: nothing is posted and the caller still owns it
    boolean post(SkBuff skb) {
        int first = use;
        long command = TxDescriptor.DEXT | TxDescriptor.DATA | TxDescriptor.IFCS;
        if (skb.checksumState() == ChecksumState.PARTIAL) {
            setContext(skb.csumStart() - skb.data(), skb.csumOffset());
            command |= TxDescriptor.TXSM;
        }
        if (skb.vlanPresent()) {
            command |= TxDescriptor.VLE | (long) skb.vlanTci() << TxDescriptor.SPECIAL_SHIFT;
        }
        if (!postPieces(skb, command)) {
            takeBack(first);
            return false;
        }
        ring.addBits(last, TxDescriptor.EOP);
        packets[last] = skb;
        skb.handOver();
        unreported = true;
        return true;
    }

    /// The device keeps its last context, so an equal one is not written again.
    private void setContext(int start, int offset) {
        int wanted = start << 8 | offset;
        if (wanted == context) {
            return;
        }
        context = wanted;
        traffic.contexts++;
        lengths[use] = 0;
        ring.write(use, TxDescriptor.checksumContext(start, offset), TxDescriptor.checksumCommand(offset));
        advance();
    }

    private void advance() {
        last = use;
        use = ring.after(use);
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
            advance();
            done += n;
        }
        return true;
    }

    private void takeBack(int first) {
        for (int i = first; i != use; i = ring.after(i)) {
            unmap(i);
        }
        use = first;
        last = first == 0 ? ring.count() - 1 : first - 1;
        context = NO_CONTEXT;
    }

    /// Tells the device of everything posted, and asks it to report the last of it. Nothing happens when nothing was
    /// posted.
    void ringDoorbell() {
        if (!unreported) {
            return;
        }
        unreported = false;
        ring.addBits(last, TxDescriptor.RS);
        int place = reported;
        reports[place] = last;
        reported = ring.after(place);
        traffic.doorbells++;
        registers.write32(Registers.TDT, use);
    }

    // ---- reclaiming, in the poll

    /// Frees what the device reports as sent.
    void reclaim(Napi napi, int budget, Cpu cpu) {
        while (reclaimed != reported && isDone(reports[reclaimed])) {
            int end = ring.after(reports[reclaimed]);
            reclaimed = ring.after(reclaimed);
            int i = clean;
            for (; i != end; i = ring.after(i)) {
                reclaimOne(i, napi, budget, cpu);
            }
            clean = i;
        }
    }

    private boolean isDone(int index) {
        return (ring.status(index) >>> 32 & TxDescriptor.DD) != 0;
    }

    private void reclaimOne(int index, Napi napi, int budget, Cpu cpu) {
        unmap(index);
        SkBuff skb = packets[index];
        if (skb != null) {
            packets[index] = null;
            traffic.txPackets++;
            traffic.txBytes += skb.length();
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

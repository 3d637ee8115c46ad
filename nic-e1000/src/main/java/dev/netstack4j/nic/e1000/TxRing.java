package dev.netstack4j.nic.e1000;

import static dev.netstack4j.api.hardware.DmaDirection.TO_DEVICE;

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
///
/// The device may report a super-frame, and a packet in one piece behind it, before it has read their last bytes; so
/// these bytes get a descriptor of their own there, which it reads last.
final class TxRing {
    /// Descriptors that a packet of 64 KiB needs at most: a context, the linear area, all fragments, a cut each 4 KiB,
    /// and one for its last bytes.
    static final int RESERVE = SkBuff.MAX_FRAGS + 20;

    private static final int CONTEXTS = 2;
    private static final int LAST_BYTES = 4;
    private static final int LEAST_TO_CUT = 8;

    private final DescriptorRing ring;
    private final DmaMapper dma;
    private final IoMemory registers;
    private final Traffic traffic;
    private final TxOffload offload = new TxOffload();
    private final @Nullable SkBuff[] packets;
    private final long[] mapped;
    private final int[] lengths;
    /// By last descriptor of a packet: frames that it becomes, and their bytes.
    private final int[] frames;

    private final int[] wireBytes;
    private final int[] reports;

    // written by startXmit
    private int use;
    private int last;
    private boolean unreported;
    private boolean behindSegments;
    /// The device's two contexts as it was last told: of checksums, and of segments.
    private final long[] contextLow = new long[CONTEXTS];

    private final long[] contextHigh = new long[CONTEXTS];
    private volatile int reported;

    // written by the poll
    private volatile int reclaimed;
    private volatile int clean;

    // written by process context
    private volatile long reportBits = TxDescriptor.RS;

    /// @throws NetException ENOMEM
    TxRing(int count, DmaMapper dma, IoMemory registers, Traffic traffic) throws NetException {
        ring = new DescriptorRing(dma, count, "transmit");
        this.dma = dma;
        this.registers = registers;
        this.traffic = traffic;
        packets = new SkBuff[count];
        mapped = new long[count];
        lengths = new int[count];
        frames = new int[count];
        wireBytes = new int[count];
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

    /// Whether reports wait for the device's delay timers (IDE). Process context.
    void delayReports(boolean on) {
        reportBits = TxDescriptor.RS | (on ? TxDescriptor.IDE : 0);
    }

    /// Descriptors that `skb` needs, at most.
    static int needed(SkBuff skb) {
        int n = 2 + pieces(skb.headLength());
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
    /// @return null, or why it cannot be sent: nothing is posted and the caller still owns it
    @Nullable
    DropReason post(SkBuff skb, E1000Reasons reasons, Cpu cpu) {
        DropReason bad = offload.describe(skb, reasons, cpu);
        if (bad != null) {
            return bad;
        }
        int first = use;
        boolean wroteContext = offload.needsContext() && writeContext();
        if (!postPieces(skb, offload.command())) {
            takeBack(first, wroteContext);
            return reasons.txMapping;
        }
        ring.addBits(last, TxDescriptor.EOP);
        packets[last] = skb;
        frames[last] = offload.frames();
        wireBytes[last] = offload.wireBytes();
        behindSegments = offload.isSegmented();
        skb.handOver();
        unreported = true;
        return null;
    }

    /// The device keeps its contexts, so an equal one is not written again.
    private boolean writeContext() {
        int kind = offload.isSegmented() ? 1 : 0;
        if (contextLow[kind] == offload.contextLow() && contextHigh[kind] == offload.contextHigh()) {
            return false;
        }
        contextLow[kind] = offload.contextLow();
        contextHigh[kind] = offload.contextHigh();
        traffic.contexts++;
        lengths[use] = 0;
        ring.write(use, offload.contextLow(), offload.contextHigh());
        advance();
        return true;
    }

    private void advance() {
        last = use;
        use = ring.after(use);
    }

    private boolean postPieces(SkBuff skb, long command) {
        int fragments = skb.frags();
        boolean cut = offload.isSegmented() || behindSegments && fragments == 0;
        if (skb.headLength() > 0 && !postRun(skb.dataAddress(), skb.headLength(), cut && fragments == 0, command)) {
            return false;
        }
        for (int i = 0; i < fragments; i++) {
            if (!postRun(skb.fragAddress(i), skb.fragLength(i), cut && i == fragments - 1, command)) {
                return false;
            }
        }
        return true;
    }

    private boolean postRun(long address, int length, boolean cutLast, long command) {
        int most = cutLast && length > LEAST_TO_CUT ? length - LAST_BYTES : length;
        int done = 0;
        while (done < length) {
            int n = Math.min((done < most ? most : length) - done, TxDescriptor.MOST_LENGTH);
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

    private void takeBack(int first, boolean wroteContext) {
        for (int i = first; i != use; i = ring.after(i)) {
            unmap(i);
        }
        use = first;
        last = first == 0 ? ring.count() - 1 : first - 1;
        if (wroteContext) {
            contextHigh[offload.isSegmented() ? 1 : 0] = 0;
        }
    }

    /// Tells the device of everything posted, and asks it to report the last of it. Nothing happens when nothing was
    /// posted.
    void ringDoorbell() {
        if (!unreported) {
            return;
        }
        unreported = false;
        ring.addBits(last, reportBits);
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
            traffic.txPackets += frames[index];
            traffic.txBytes += wireBytes[index];
            napi.consumeSent(skb, budget, cpu);
        }
    }

    private void unmap(int index) {
        if (lengths[index] > 0) {
            dma.unmap(mapped[index], lengths[index], TO_DEVICE);
            lengths[index] = 0;
        }
    }

    // ---- for the watchdog, any context

    /// Whether the device has not reported everything that it was told of.
    boolean isBusy() {
        return reclaimed != reported;
    }

    /// Whether a report came that no poll has seen.
    boolean hasReport() {
        int place = reclaimed;
        return place != reported && isDone(reports[place]);
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

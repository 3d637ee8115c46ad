package dev.netstack4j.nic.e1000;

import static dev.netstack4j.api.hardware.DmaDirection.FROM_DEVICE;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// The receive ring: packets with empty buffers are posted at `use`, full ones are taken at `next`. Owned by the poll;
/// filled for the first time before polls are enabled. A frame that is longer than one buffer arrives in several
/// descriptors and becomes one packet with fragments.
final class RxRing {
    /// Bytes of a buffer; RCTL.BSIZE says the same to the device.
    static final int BUFFER = 2048;

    private final DescriptorRing ring;
    private final DmaMapper dma;
    private final IoMemory registers;
    private final SkBuffPool pool;
    private final E1000Reasons reasons;
    private final Traffic traffic;
    private final @Nullable SkBuff[] packets;
    private final long[] mapped;
    private int use;
    private int next;
    private int filled;
    private @Nullable SkBuff partial;
    private @Nullable DropReason fault;

    /// @throws NetException ENOMEM
    RxRing(int count, DmaMapper dma, IoMemory registers, SkBuffPool pool, E1000Reasons reasons, Traffic traffic)
            throws NetException {
        ring = new DescriptorRing(dma, count, "receive");
        this.dma = dma;
        this.registers = registers;
        this.pool = pool;
        this.reasons = reasons;
        this.traffic = traffic;
        packets = new SkBuff[count];
        mapped = new long[count];
    }

    DescriptorRing memory() {
        return ring;
    }

    /// Buffers that the device may write into now.
    int filled() {
        return filled;
    }

    /// Descriptors without a buffer, of those that may have one. One always stays empty: head equal to tail means that
    /// the device has none.
    int missing() {
        return ring.count() - 1 - filled;
    }

    // ---- filling

    /// Posts as many empty buffers as there is room and memory for.
    ///
    /// @return false when memory was short
    boolean refill(Cpu cpu) {
        boolean enough = true;
        while (enough && missing() > 0) {
            enough = fillOne(cpu);
        }
        return enough;
    }

    private boolean fillOne(Cpu cpu) {
        SkBuff skb = pool.allocRx(BUFFER, cpu);
        if (skb == null) {
            traffic.rxNoBuffer++;
            return false;
        }
        long bus = dma.map(skb.dataAddress(), BUFFER, FROM_DEVICE);
        if (bus == DmaMapper.MAPPING_ERROR) {
            skb.drop(reasons.rxMapping, cpu);
            return false;
        }
        packets[use] = skb;
        mapped[use] = bus;
        ring.write(use, bus, 0);
        use = ring.after(use);
        filled++;
        return true;
    }

    /// Tells the device of all buffers posted so far.
    void ringDoorbell() {
        registers.write32(Registers.RDT, use);
    }

    // ---- taking

    /// Hands up at most `budget` received frames.
    ///
    /// @return frames taken, good or bad
    int receive(int budget, NetDevice device, Napi napi, Cpu cpu) {
        int frames = 0;
        while (frames < budget && filled > 0) {
            long word = ring.status(next);
            if (!RxDescriptor.isDone(word)) {
                break;
            }
            addPiece(takeNext(), RxDescriptor.length(word), cpu);
            if (RxDescriptor.isLastOfFrame(word)) {
                frames++;
                finishFrame(word, device, napi, cpu);
            }
        }
        return frames;
    }

    private SkBuff takeNext() {
        SkBuff skb = packets[next];
        if (skb == null) {
            throw new IllegalStateException("receive descriptor " + next + " is done but has no buffer");
        }
        packets[next] = null;
        dma.unmap(mapped[next], BUFFER, FROM_DEVICE);
        next = ring.after(next);
        filled--;
        return skb;
    }

    private void addPiece(SkBuff skb, int length, Cpu cpu) {
        if (length > BUFFER) {
            fault = reasons.badLength;
        } else {
            skb.put(length);
        }
        SkBuff first = partial;
        if (first == null) {
            partial = skb;
        } else if (!first.absorb(skb, 0, reasons.rxMerged, cpu)) {
            fault = reasons.tooManyPieces;
            skb.consume(reasons.rxMerged, cpu);
        }
    }

    private void finishFrame(long word, NetDevice device, Napi napi, Cpu cpu) {
        SkBuff skb = partial;
        if (skb == null) {
            return;
        }
        partial = null;
        DropReason bad = faultOf(skb, word);
        fault = null;
        if (bad != null) {
            traffic.rxBad++;
            skb.drop(bad, cpu);
            return;
        }
        traffic.rxPackets++;
        traffic.rxBytes += skb.length();
        describe(skb, word);
        EthernetHeader.typeTrans(skb, device);
        napi.receive(skb, cpu);
    }

    private @Nullable DropReason faultOf(SkBuff skb, long word) {
        if (RxDescriptor.hasFrameError(word)) {
            return reasons.badFrame;
        }
        return fault == null && skb.headLength() < EthernetHeader.LENGTH ? reasons.badLength : fault;
    }

    private void describe(SkBuff skb, long word) {
        if (RxDescriptor.isChecksumGood(word)) {
            skb.checksumState(ChecksumState.UNNECESSARY);
            traffic.rxChecksumGood++;
        } else if (RxDescriptor.hasChecksumError(word)) {
            // The stack checks again and counts it where it belongs.
            traffic.rxChecksumErrors++;
        }
        if (RxDescriptor.hasVlanTag(word)) {
            skb.vlanTag(RxDescriptor.vlanTag(word));
        }
    }

    /// Whether a frame waits for a poll. Any context: for the watchdog.
    boolean hasFrame() {
        return filled > 0 && RxDescriptor.isDone(ring.status(next));
    }

    // ---- the end

    /// Frees all buffers and the memory. The device is stopped and no poll runs.
    void discard(Cpu cpu) {
        while (filled > 0) {
            takeNext().consume(reasons.rxUnused, cpu);
        }
        SkBuff half = partial;
        if (half != null) {
            partial = null;
            half.drop(reasons.badFrame, cpu);
        }
        ring.free();
    }
}

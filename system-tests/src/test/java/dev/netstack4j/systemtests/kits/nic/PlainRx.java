package dev.netstack4j.systemtests.kits.nic;

import static dev.netstack4j.systemtests.kits.bus.PlainChip.*;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.runtime.Cpu;

/// The receive ring of a plain card.
final class PlainRx {
    private static final int COUNT = 128;

    private final PlainNic nic;
    private final DmaMapper dma;
    private final PhysicalMemory memory;
    private final ConsumeReason unused;
    private final long base;
    private final SkBuff[] packets = new SkBuff[COUNT];
    private final long[] mapped = new long[COUNT];
    private boolean wedged;
    private int use;
    private int next;
    private long taken;

    PlainRx(PlainNic nic) throws NetException {
        this.nic = nic;
        dma = nic.pci.dma();
        memory = dma.memory();
        unused = nic.driver.reasons.consume("PLAIN_UNUSED", "a receive buffer was not needed");
        base = dma.allocCoherent(COUNT * DESCRIPTOR);
        if (base < 0) {
            throw new NetException(Errno.ENOMEM, "allocate the receive ring of " + nic.device);
        }
    }

    void tellDevice() {
        nic.registers.write32(RX_BASE, (int) base);
        nic.registers.write32(RX_COUNT, COUNT);
        nic.registers.write32(RX_TAIL, use);
    }

    int filled() {
        return (use - next + COUNT) % COUNT;
    }

    // ---- filling

    /// Posts buffers; false when there are too few.
    boolean refill(Cpu cpu) {
        int before = use;
        while (!wedged && filled() < COUNT - 1 && postNew(cpu)) {
            // the next one
        }
        if (use != before) {
            nic.registers.write32(RX_TAIL, use);
        }
        return wedged || filled() == COUNT - 1;
    }

    private boolean postNew(Cpu cpu) {
        SkBuff skb = nic.driver.pool.allocRx(BUFFER, cpu);
        if (skb == null) {
            wedged |= nic.has(NicDefect.WEDGES_WITHOUT_MEMORY) && taken > 0;
            if (nic.has(NicDefect.THROWS_WHEN_SHORT)) {
                throw new IllegalStateException("no memory");
            }
            return false;
        }
        long bus = dma.map(skb.dataAddress(), BUFFER, DmaDirection.FROM_DEVICE);
        if (bus == DmaMapper.MAPPING_ERROR) {
            wedged |= nic.has(NicDefect.WEDGES_WITHOUT_MAPPING) && taken > 0;
            skb.drop(nic.bad, cpu);
            return false;
        }
        post(skb, bus);
        return true;
    }

    private void post(SkBuff skb, long bus) {
        packets[use] = skb;
        mapped[use] = bus;
        long d = base + (long) use * DESCRIPTOR;
        memory.put64Le(d, bus);
        memory.put32LeRelease(d + 12, 0);
        use = (use + 1) % COUNT;
    }

    // ---- receiving

    int receive(int most, Cpu cpu) {
        int done = 0;
        while (done < most && filled() > 0) {
            long d = base + (long) next * DESCRIPTOR;
            int status = memory.get32LeAcquire(d + 12);
            if ((status & DONE) == 0) {
                break;
            }
            done++;
            taken++;
            takeOne(memory.get32LeAcquire(d + 8) & 0xFFFF, (status & BAD) != 0, cpu);
        }
        return done;
    }

    private void takeOne(int length, boolean damaged, Cpu cpu) {
        SkBuff skb = packets[next];
        long bus = mapped[next];
        packets[next] = null;
        next = (next + 1) % COUNT;
        boolean late = nic.has(NicDefect.UNMAPS_LATE);
        if (!late) {
            dma.unmap(bus, BUFFER - (nic.has(NicDefect.UNMAPS_SHORT) ? 1 : 0), DmaDirection.FROM_DEVICE);
        }
        boolean cut = nic.has(NicDefect.RECEIVES_SHORT) && length == nic.device.mtu() + 14;
        skb.put(cut ? length - 1 : length);
        if (isBad(skb, length, damaged)) {
            nic.counts.rxErrors++;
            skb.drop(nic.bad, cpu);
        } else if (throwsAway(skb)) {
            nic.counts.rxDropped += nic.has(NicDefect.LOSES_UNCOUNTED) ? 0 : 1;
            skb.drop(nic.bad, cpu);
        } else {
            handUp(skb, cpu);
        }
        if (late) {
            dma.unmap(bus, BUFFER, DmaDirection.FROM_DEVICE);
        }
    }

    private boolean isBad(SkBuff skb, int length, boolean damaged) {
        boolean runt = length < EthernetHeader.LENGTH && !nic.has(NicDefect.TRUSTS_RUNTS);
        boolean broadcast = nic.has(NicDefect.NO_BROADCAST) && length > 1 && skb.get8(skb.data()) == 0xFF;
        return runt || broadcast || damaged && !nic.has(NicDefect.TAKES_DAMAGED);
    }

    private boolean throwsAway(SkBuff skb) {
        boolean loses = nic.has(NicDefect.LOSES_RECEIVED) || nic.has(NicDefect.LOSES_UNCOUNTED);
        return loses && skb.length() > 0 && taken % 50 == 49;
    }

    private void handUp(SkBuff skb, Cpu cpu) {
        nic.counts.rxPackets++;
        nic.counts.rxBytes += skb.length() - (nic.has(NicDefect.COUNTS_PAYLOAD) ? 14 : 0);
        if (nic.has(NicDefect.SAYS_VERIFIED)) {
            skb.checksumState(ChecksumState.UNNECESSARY);
        }
        if (nic.has(NicDefect.REUSES_BUFFER) && taken % 4 == 0 && filled() < COUNT - 1) {
            post(skb.clone(cpu), dma.map(skb.dataAddress(), BUFFER, DmaDirection.FROM_DEVICE));
        }
        EthernetHeader.typeTrans(skb, nic.device);
        if (nic.has(NicDefect.NO_KIND)) {
            skb.kind(dev.netstack4j.api.buffer.PacketKind.HOST);
        }
        nic.napi.receive(skb, cpu);
    }

    // ---- the end

    void discard(Cpu cpu) {
        for (; next != use; next = (next + 1) % COUNT) {
            dma.unmap(mapped[next], BUFFER, DmaDirection.FROM_DEVICE);
            SkBuff skb = packets[next];
            if (skb != null && !nic.has(NicDefect.LEAKS_ON_STOP)) {
                skb.consume(unused, cpu);
            }
        }
        if (!nic.has(NicDefect.RING_STAYS)) {
            dma.freeCoherent(base, COUNT * DESCRIPTOR);
        }
    }
}

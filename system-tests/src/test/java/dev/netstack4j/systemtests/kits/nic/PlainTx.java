package dev.netstack4j.systemtests.kits.nic;

import static dev.netstack4j.systemtests.kits.bus.PlainChip.*;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.runtime.Context;
import dev.netstack4j.api.runtime.Cpu;
import java.util.ArrayList;
import java.util.List;

/// The transmit ring of a plain card.
final class PlainTx {
    private static final int COUNT = 128;
    private static final int RESERVE = SkBuff.MAX_FRAGS + 1;
    private static final int MOST = 16_000;

    final List<SkBuff> leftOver = new ArrayList<>();
    private final PlainNic nic;
    private final DmaMapper dma;
    private final PhysicalMemory memory;
    private final long base;
    private final SkBuff[] packets = new SkBuff[COUNT];
    private final long[] mapped = new long[COUNT];
    private final int[] lengths = new int[COUNT];
    private SkBuff late;
    private int use;
    private int clean;
    private long sent;

    PlainTx(PlainNic nic) throws NetException {
        this.nic = nic;
        dma = nic.pci.dma();
        memory = dma.memory();
        base = dma.allocCoherent(COUNT * DESCRIPTOR);
        if (base < 0) {
            throw new NetException(Errno.ENOMEM, "allocate the transmit ring of " + nic.device);
        }
    }

    void tellDevice() {
        nic.registers.write32(TX_BASE, (int) base);
        nic.registers.write32(TX_COUNT, COUNT);
    }

    private int free() {
        return (clean - use - 1 + COUNT) % COUNT;
    }

    // ---- sending

    TxStatus send(SkBuff skb, boolean more, Cpu cpu) {
        sent++;
        if (nic.has(NicDefect.THROWS_ON_EMPTY) && skb.length() == 0) {
            throw new IllegalStateException("an empty packet");
        }
        if (free() < 1 + skb.frags()) {
            return busy(skb, cpu);
        }
        if (skb.length() == 0
                || skb.length() > MOST
                || nic.has(NicDefect.SENDS_IN_PROCESS_ONLY) && cpu.context() != Context.PROCESS) {
            drop(skb, cpu);
            if (!nic.has(NicDefect.DOORBELL_WAITS)) {
                doorbell(false);
            }
        } else {
            take(skb, more, cpu);
        }
        if (free() < (nic.has(NicDefect.STOPS_LATE) ? 0 : RESERVE)
                || nic.has(NicDefect.STOPS_WITHOUT_LINK) && !nic.device.hasCarrier()) {
            nic.device.txQueue(0).stop();
            doorbell(false);
        }
        return TxStatus.OK;
    }

    private TxStatus busy(SkBuff skb, Cpu cpu) {
        nic.device.txQueue(0).stop();
        doorbell(false);
        if (nic.has(NicDefect.FREES_AFTER_BUSY)) {
            skb.drop(nic.bad, cpu);
        }
        if (nic.has(NicDefect.CHANGES_BEFORE_BUSY)) {
            skb.put(1);
        }
        return TxStatus.BUSY;
    }

    private void drop(SkBuff skb, Cpu cpu) {
        nic.counts.txDropped += nic.has(NicDefect.DROPS_UNCOUNTED) ? 0 : 1;
        skb.drop(nic.bad, cpu);
    }

    private void take(SkBuff skb, boolean more, Cpu cpu) {
        if (nic.has(NicDefect.LOSES_SILENTLY) && sent % 100 == 99) {
            drop(skb, cpu);
            return;
        }
        if (nic.has(NicDefect.REORDERS) && sent % 50 == 20) {
            late = skb;
            return;
        }
        if (nic.has(NicDefect.SENDS_TWICE) && sent % 100 == 50) {
            post(skb.clone(cpu), cpu);
        }
        if (nic.has(NicDefect.PADS_WITH_RUBBISH) && skb.length() < 60 && skb.frags() == 0 && skb.tailroom() >= 60) {
            int n = 60 - skb.length();
            int at = skb.put(n);
            for (int i = 0; i < n; i++) {
                skb.put8(at + i, 0x55);
            }
        }
        post(skb, cpu);
        if (late != null) {
            SkBuff again = late;
            late = null;
            post(again, cpu);
        }
        doorbell(more);
    }

    private void doorbell(boolean more) {
        if (!more) {
            nic.registers.write32(TX_TAIL, use);
        }
    }

    private void post(SkBuff skb, Cpu cpu) {
        int first = use;
        int frags = skb.frags() - (nic.has(NicDefect.LOSES_LAST_PIECE) && skb.frags() > 4 ? 1 : 0);
        boolean cut = nic.has(NicDefect.CUTS_LONGEST) && skb.length() == nic.device.mtu() + 14;
        boolean ok = skb.headLength() == 0 || piece(skb.dataAddress(), skb.headLength() - (cut ? 1 : 0), frags == 0);
        for (int i = 0; i < frags && ok; i++) {
            ok = piece(skb.fragAddress(i), skb.fragLength(i), i == frags - 1);
        }
        if (!ok) {
            for (int i = first; i != use; i = (i + 1) % COUNT) {
                dma.unmap(mapped[i], lengths[i], DmaDirection.TO_DEVICE);
            }
            use = first;
            if (nic.has(NicDefect.LEAKS_UNMAPPED)) {
                nic.counts.txDropped++;
            } else {
                drop(skb, cpu);
            }
            return;
        }
        packets[(use + COUNT - 1) % COUNT] = skb;
        skb.handOver();
    }

    private boolean piece(long address, int length, boolean last) {
        long bus = dma.map(address, length, DmaDirection.TO_DEVICE);
        if (bus == DmaMapper.MAPPING_ERROR) {
            return false;
        }
        mapped[use] = bus;
        lengths[use] = length;
        long d = base + (long) use * DESCRIPTOR;
        memory.put64Le(d, bus);
        memory.put32LeRelease(d + 8, length | (last ? END : 0));
        memory.put32LeRelease(d + 12, 0);
        use = (use + 1) % COUNT;
        return true;
    }

    // ---- afterwards

    void reclaim(int budget, Cpu cpu) {
        while (clean != use && (memory.get32LeAcquire(base + (long) clean * DESCRIPTOR + 12) & DONE) != 0) {
            if (!nic.has(NicDefect.NEVER_UNMAPS)) {
                dma.unmap(mapped[clean], lengths[clean], DmaDirection.TO_DEVICE);
            }
            SkBuff skb = packets[clean];
            packets[clean] = null;
            clean = (clean + 1) % COUNT;
            if (skb != null) {
                nic.counts.txPackets++;
                nic.counts.txBytes += skb.length() + (nic.has(NicDefect.COUNTS_FCS) ? 4 : 0);
                nic.napi.consumeSent(skb, budget, cpu);
                if (nic.has(NicDefect.FREES_TWICE)) {
                    nic.napi.consumeSent(skb, budget, cpu);
                }
            }
        }
        boolean wakes = !nic.has(NicDefect.WAKES_NEVER)
                && !nic.has(NicDefect.STOPS_WITHOUT_LINK)
                && !nic.has(NicDefect.QUEUE_NOT_STARTED);
        if (wakes && nic.device.txQueue(0).isStopped() && free() > 2 * RESERVE) {
            nic.device.txQueue(0).wake(cpu);
        }
    }

    void forget() {
        clean = use;
    }

    void discard(Cpu cpu) {
        for (; clean != use; clean = (clean + 1) % COUNT) {
            dma.unmap(mapped[clean], lengths[clean], DmaDirection.TO_DEVICE);
            SkBuff skb = packets[clean];
            packets[clean] = null;
            if (skb != null && nic.has(NicDefect.SENDS_OLD)) {
                leftOver.add(skb);
            } else if (skb != null && !nic.has(NicDefect.KEEPS_SENT_ON_STOP)) {
                skb.drop(nic.stopped, cpu);
            }
        }
        if (late != null) {
            late.drop(nic.stopped, cpu);
        }
        if (!nic.has(NicDefect.RING_STAYS)) {
            dma.freeCoherent(base, COUNT * DESCRIPTOR);
        }
    }
}

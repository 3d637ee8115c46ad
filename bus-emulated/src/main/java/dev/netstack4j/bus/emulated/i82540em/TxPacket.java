package dev.netstack4j.bus.emulated.i82540em;

import dev.netstack4j.bus.emulated.silicon.Frames;
import dev.netstack4j.bus.emulated.silicon.Gather;
import dev.netstack4j.bus.emulated.silicon.TxOffload;
import java.lang.foreign.MemorySegment;

/// One packet while its descriptors are read: where its bytes are, and what is to be done to it.
///
/// ```
/// legacy   buffer address
///          special 63..48 | CSS 47..40 | status 35..32 | CMD 31..24 | CSO 23..16 | length 15..0
/// data     buffer address
///          special 63..48 | POPTS 47..40 | status 35..32 | DCMD 31..24 | DTYP 1 23..20 | length 19..0
/// ```
/// POPTS counts in the first data descriptor of a packet; IFCS, IC, VLE, CSS, CSO and special count in the last.
final class TxPacket {
    static final long EOP = 1L << 24;
    static final long IFCS = 1L << 25;
    static final long IC = 1L << 26;
    static final long RS = 1L << 27;
    static final long DEXT = 1L << 29;
    static final long VLE = 1L << 30;
    static final long IDE = 1L << 31;
    static final long IXSM = 1L << 40;
    static final long TXSM = 1L << 41;

    private static final long DTYP = 15L << 20;
    private static final int FCS = 4;
    private static final int LEAST_FOR_FCS = 14 + FCS;

    final Gather gather;
    private boolean extended;
    private long first;
    private long last;
    private boolean broken;
    private boolean badFcs;

    TxPacket(MemorySegment memory, int pieces) {
        gather = new Gather(memory, pieces);
    }

    static boolean isContext(long info) {
        return (info & DEXT) != 0 && (info & DTYP) == 0;
    }

    static int length(long info) {
        return (int) info & ((info & DEXT) != 0 ? 0xF_FFFF : 0xFFFF);
    }

    void begin() {
        gather.clear();
        extended = false;
        first = 0;
        last = 0;
        broken = false;
        badFcs = false;
    }

    /// Takes a descriptor's buffer.
    ///
    /// @param readable whether the chip may read it
    void add(boolean isFirst, long address, long info, boolean readable) {
        if (isFirst) {
            first = info;
            extended = (info & DEXT) != 0;
        }
        last = info;
        broken |= !readable || gather.isFull();
        if (!broken) {
            gather.add(address, length(info));
        }
    }

    /// All descriptors are there.
    void end() {
        if ((last & IFCS) == 0 && gather.total() >= LEAST_FOR_FCS && !broken) {
            checkFcs();
        }
    }

    /// The driver brought the frame check sequence itself.
    private void checkFcs() {
        int length = gather.total() - FCS;
        byte[] all = new byte[length + FCS];
        MemorySegment copy = MemorySegment.ofArray(all);
        gather.copy(0, length + FCS, copy, 0);
        badFcs = Integer.reverseBytes(Frames.get32(copy, length)) != Frames.fcs(all, length);
        gather.cut(FCS);
    }

    /// Whether it cannot be sent: a buffer that the chip may not read, or too many of them.
    boolean isBroken() {
        return broken;
    }

    boolean isSegmented() {
        return extended && (first & TxContexts.TSE) != 0;
    }

    /// Says what its descriptors and its context ask for.
    ///
    /// @param low  first word of its context
    /// @param high second word of the segmentation context; 0 when it is not segmented
    void describe(long low, long high, TxOffload o) {
        o.clear();
        o.badFcs = badFcs;
        o.tag = (last & VLE) != 0 ? (int) (last >>> 48) : -1;
        if (extended) {
            describeExtended(low, high, o);
        } else if ((last & IC) != 0) {
            o.sum = true;
            o.start = (int) (last >>> 40) & 0xFF;
            o.at = (int) (last >>> 16) & 0xFF;
            o.end = 0;
        }
    }

    private void describeExtended(long low, long high, TxOffload o) {
        o.ipSum = (first & IXSM) != 0;
        o.ipStart = TxContexts.ipStart(low);
        o.ipAt = TxContexts.ipAt(low);
        o.ipEnd = TxContexts.ipEnd(low);
        o.sum = (first & TXSM) != 0;
        o.leavable = true;
        o.start = TxContexts.start(low);
        o.at = TxContexts.at(low);
        o.end = TxContexts.end(low);
        o.headerLength = TxContexts.headerLength(high);
        o.mss = TxContexts.mss(high);
        o.tcp = (high & TxContexts.TCP) != 0;
        o.ipv4 = (high & TxContexts.IPV4) != 0;
    }
}

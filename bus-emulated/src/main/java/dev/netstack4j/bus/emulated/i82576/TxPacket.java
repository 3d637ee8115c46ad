package dev.netstack4j.bus.emulated.i82576;

import dev.netstack4j.bus.emulated.silicon.Frames;
import dev.netstack4j.bus.emulated.silicon.Gather;
import dev.netstack4j.bus.emulated.silicon.TxOffload;
import java.lang.foreign.MemorySegment;

/// One packet while its descriptors are read: where its bytes are, and what is to be done to it.
///
/// ```
/// legacy    special 63..48 | CSS 47..40 | status 35..32 | CMD 31..24 | CSO 23..16 | length 15..0
/// advanced  PAYLEN 63..46 | POPTS 45..40 | IDX 38..36 | status 35..32 | DCMD 31..24 | DTYP 3 23..20 | length 15..0
/// ```
/// The options of an advanced packet count in its first descriptor, those of a legacy one in its last.
final class TxPacket {
    static final long EOP = 1L << 24;
    static final long RS = 1L << 27;

    private static final long IFCS = 1L << 25;
    private static final long IC = 1L << 26;
    private static final long DEXT = 1L << 29;
    private static final long VLE = 1L << 30;
    private static final long TSE = 1L << 31;
    private static final long IXSM = 1L << 40;
    private static final long TXSM = 1L << 41;
    private static final long DTYP = 15L << 20;
    private static final long DTYP_CONTEXT = 2L << 20;
    private static final int FCS = 4;
    private static final int LEAST_FOR_FCS = 14 + FCS;
    private static final int IP_CHECKSUM = 10;
    private static final int TCP_CHECKSUM = 16;
    private static final int UDP_CHECKSUM = 6;
    private static final int MOST_HEADERS = 255;

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
        return (info & DEXT) != 0 && (info & DTYP) == DTYP_CONTEXT;
    }

    static int length(long info) {
        return (int) info & 0xFFFF;
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
        if (((extended ? first : last) & IFCS) == 0 && gather.total() >= LEAST_FOR_FCS && !broken) {
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

    boolean isSegmented() {
        return extended && (first & TSE) != 0;
    }

    /// Whether it cannot be sent: a buffer that the chip may not read, or too many of them.
    boolean isBroken() {
        return broken;
    }

    /// Says what its descriptors and its context ask for.
    void describe(TxContexts contexts, TxOffload o) {
        o.clear();
        o.badFcs = badFcs;
        if (extended) {
            describeAdvanced(contexts, (int) (first >>> 36) & 7, o);
            return;
        }
        o.tag = (last & VLE) != 0 ? (int) (last >>> 48) : -1;
        if ((last & IC) != 0) {
            o.sum = true;
            o.start = (int) (last >>> 40) & 0xFF;
            o.at = (int) (last >>> 16) & 0xFF;
            o.end = 0;
        }
    }

    private void describeAdvanced(TxContexts c, int slot, TxOffload o) {
        o.tag = (first & VLE) != 0 ? c.vlan(slot) : -1;
        o.ipStart = c.macLength(slot);
        o.ipAt = o.ipStart + IP_CHECKSUM;
        o.ipEnd = o.ipStart + c.ipLength(slot) - 1;
        o.start = o.ipStart + c.ipLength(slot);
        o.tcp = c.isTcp(slot);
        o.ipv4 = c.isIpv4(slot);
        o.at = o.start + (o.tcp ? TCP_CHECKSUM : UDP_CHECKSUM);
        o.end = 0;
        boolean sound = o.start + TCP_CHECKSUM + 2 <= MOST_HEADERS;
        o.ipSum = sound && (first & IXSM) != 0;
        o.sum = sound && (first & TXSM) != 0;
        o.leavable = true;
        o.headerLength = o.start + c.transportLength(slot);
        o.mss = isSegmented() ? c.mss(slot) : 0;
    }
}

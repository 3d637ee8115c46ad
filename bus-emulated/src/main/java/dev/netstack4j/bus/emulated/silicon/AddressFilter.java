package dev.netstack4j.bus.emulated.silicon;

/// Which frames the chip takes: receive addresses, multicast hash table, VLAN table, and the promiscuous modes of RCTL.
public final class AddressFilter {
    /// Not for this host.
    public static final int REFUSE = 0;
    /// Passed a perfect filter.
    public static final int EXACT = 1;
    /// Passed the hash or a promiscuous mode only: software has to look again.
    public static final int INEXACT = 2;

    private static final int ADDRESSES = 16;
    private static final int RAH_SOURCE = 1 << 16;

    private final int[] file;
    private final long[] destinations = new long[ADDRESSES];
    private int destinationCount;
    private final long[] sources = new long[ADDRESSES];
    private int sourceCount;
    private int rctl;

    public AddressFilter(int[] file) {
        this.file = file;
    }

    /// RCTL or a receive address was written.
    public void configure() {
        rctl = file[FamilyReg.RCTL >> 2];
        destinationCount = 0;
        sourceCount = 0;
        for (int i = 0; i < ADDRESSES; i++) {
            int high = file[(FamilyReg.RAH >> 2) + 2 * i];
            long mac = file[(FamilyReg.RAL >> 2) + 2 * i] & 0xFFFF_FFFFL | (high & 0xFFFFL) << 32;
            if ((high & FamilyReg.RAH_AV) != 0 && (high & RAH_SOURCE) != 0) {
                sources[sourceCount++] = mac;
            } else if ((high & FamilyReg.RAH_AV) != 0) {
                destinations[destinationCount++] = mac;
            }
        }
    }

    private boolean rctl(int bit) {
        return (rctl & bit) != 0;
    }

    /// [#REFUSE], [#EXACT] or [#INEXACT] by address alone.
    public int address(HeaderView header) {
        long mac = header.destination();
        if (contains(destinations, destinationCount, mac)
                || sourceCount > 0 && contains(sources, sourceCount, header.source())) {
            return EXACT;
        }
        if (!Frames.isGroup(mac)) {
            return rctl(FamilyReg.RCTL_UPE) ? INEXACT : REFUSE;
        }
        if (Frames.isBroadcast(mac) && rctl(FamilyReg.RCTL_BAM)) {
            return EXACT;
        }
        return rctl(FamilyReg.RCTL_MPE) || hashed(mac) ? INEXACT : REFUSE;
    }

    private static boolean contains(long[] list, int count, long mac) {
        for (int i = 0; i < count; i++) {
            if (list[i] == mac) {
                return true;
            }
        }
        return false;
    }

    /// RCTL.MO selects which 12 bits of the last two bytes index the 4096 bits of the table.
    private boolean hashed(long mac) {
        int lastTwo = (int) (mac >>> 32);
        int offset = rctl >>> 12 & 3;
        int index = (offset == 3 ? lastTwo : lastTwo >>> 4 - offset) & 0xFFF;
        return (file[(FamilyReg.MTA >> 2) + (index >>> 5)] >>> (index & 31) & 1) != 0;
    }

    /// Whether a tagged frame passes the VLAN table and the CFI comparison.
    public boolean vlan(int tag) {
        if (!rctl(FamilyReg.RCTL_VFE)) {
            return true;
        }
        if (rctl(FamilyReg.RCTL_CFIEN) && (tag >>> 12 & 1) != (rctl(FamilyReg.RCTL_CFI) ? 1 : 0)) {
            return false;
        }
        int id = tag & 0xFFF;
        return (file[(FamilyReg.VFTA >> 2) + (id >>> 5)] >>> (id & 31) & 1) != 0;
    }
}

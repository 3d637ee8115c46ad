package dev.netstack4j.bus.emulated.silicon;

/// Registers and bits that Intel's gigabit controllers of this age have in one place: address filters, statistics,
/// management data, receive checksums. Each chip's own register table has the rest.
public final class FamilyReg {
    /// Statistics, read to clear.
    public static final int STATS = 0x4000;
    /// End of the statistics that all have.
    public static final int STATS_END = 0x4130;

    static final int XONTXC = 0x404C;
    static final int XOFFTXC = 0x4054;
    static final int PRC64 = 0x405C;
    static final int GPRC = 0x4074;
    static final int BPRC = 0x4078;
    static final int MPRC = 0x407C;
    static final int GPTC = 0x4080;
    static final int GORCL = 0x4088;
    static final int GORCH = 0x408C;
    static final int GOTCL = 0x4090;
    static final int GOTCH = 0x4094;
    static final int TORL = 0x40C0;
    static final int TORH = 0x40C4;
    static final int TOTL = 0x40C8;
    static final int TOTH = 0x40CC;
    static final int TPR = 0x40D0;
    static final int TPT = 0x40D4;
    static final int PTC64 = 0x40D8;
    static final int MPTC = 0x40F0;
    static final int BPTC = 0x40F4;
    static final int TSCTC = 0x40F8;

    static final int FCAL = 0x0028;
    static final int FCAH = 0x002C;
    static final int FCT = 0x0030;
    static final int FCTTV = 0x0170;

    static final int RCTL = 0x0100;
    static final int RCTL_UPE = 1 << 3;
    static final int RCTL_MPE = 1 << 4;
    static final int RCTL_BAM = 1 << 15;
    static final int RCTL_VFE = 1 << 18;
    static final int RCTL_CFIEN = 1 << 19;
    static final int RCTL_CFI = 1 << 20;
    static final int MTA = 0x5200;
    static final int RAL = 0x5400;
    static final int RAH = 0x5404;
    static final int RAH_AV = 1 << 31;
    static final int VFTA = 0x5600;

    static final int RXCSUM_IPOFL = 1 << 8;
    static final int RXCSUM_TUOFL = 1 << 9;

    static final int MDIC_OP = 3 << 26;
    static final int MDIC_WRITE = 1 << 26;
    static final int MDIC_READ = 2 << 26;
    static final int MDIC_READY = 1 << 28;
    static final int MDIC_ERROR = 1 << 30;

    private FamilyReg() {}
}

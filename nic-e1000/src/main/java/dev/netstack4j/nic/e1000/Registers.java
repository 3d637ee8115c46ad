package dev.netstack4j.nic.e1000;

/// The register map, as the 8254x developer's manual (chapter 13) gives it: offsets in bytes, and under each the bits
/// that the driver uses.
final class Registers {
    // ---- device
    static final int CTRL = 0x0000;
    static final int CTRL_LRST = 1 << 3;
    static final int CTRL_ASDE = 1 << 5;
    static final int CTRL_SLU = 1 << 6;
    static final int CTRL_ILOS = 1 << 7;
    static final int CTRL_RST = 1 << 26;
    static final int CTRL_RFCE = 1 << 27;
    static final int CTRL_TFCE = 1 << 28;
    static final int CTRL_VME = 1 << 30;
    static final int CTRL_PHY_RST = 1 << 31;

    static final int STATUS = 0x0008;
    static final int STATUS_LU = 1 << 1;
    static final int STATUS_TXOFF = 1 << 4;
    static final int STATUS_SPEED_SHIFT = 6;
    static final int STATUS_SPEED_MASK = 3;

    static final int EERD = 0x0014;
    static final int EERD_START = 1;
    static final int EERD_DONE = 1 << 4;
    static final int EERD_ADDR_SHIFT = 8;
    static final int EERD_DATA_SHIFT = 16;

    static final int MDIC = 0x0020;
    static final int MDIC_REGISTER_SHIFT = 16;
    /// The internal PHY is number 1.
    static final int MDIC_PHY = 1 << 21;
    static final int MDIC_WRITE = 1 << 26;
    static final int MDIC_READ = 2 << 26;
    static final int MDIC_READY = 1 << 28;
    static final int MDIC_ERROR = 1 << 30;

    static final int VET = 0x0038;

    // ---- flow control
    static final int FCAL = 0x0028;
    static final int FCAH = 0x002C;
    static final int FCT = 0x0030;
    static final int FCTTV = 0x0170;
    static final int FCRTL = 0x2160;
    static final int FCRTL_XONE = 1 << 31;
    static final int FCRTH = 0x2168;
    static final int PBA = 0x1000;
    static final int PBA_RX_MASK = 0xFFFF;

    // ---- interrupts
    static final int ICR = 0x00C0;
    static final int ITR = 0x00C4;
    static final int ITR_UNIT_NANOS = 256;
    static final int ITR_MOST = 0xFFFF;
    static final int IMS = 0x00D0;
    static final int IMC = 0x00D8;
    static final int INT_TXDW = 1;
    static final int INT_LSC = 1 << 2;
    static final int INT_RXDMT0 = 1 << 4;
    static final int INT_RXO = 1 << 6;
    static final int INT_RXT0 = 1 << 7;

    // ---- receive
    static final int RCTL = 0x0100;
    static final int RCTL_EN = 1 << 1;
    static final int RCTL_UPE = 1 << 3;
    static final int RCTL_MPE = 1 << 4;
    static final int RCTL_LPE = 1 << 5;
    static final int RCTL_BAM = 1 << 15;
    static final int RCTL_BSIZE_2048 = 0;
    static final int RCTL_VFE = 1 << 18;
    static final int RCTL_SECRC = 1 << 26;

    static final int RDBAL = 0x2800;
    static final int RDBAH = 0x2804;
    static final int RDLEN = 0x2808;
    static final int RDH = 0x2810;
    static final int RDT = 0x2818;
    static final int RDTR = 0x2820;
    static final int RADV = 0x282C;
    /// RDTR, RADV, TIDV and TADV count so many nanoseconds.
    static final int DELAY_UNIT_NANOS = 1024;

    static final int DELAY_MOST = 0xFFFF;
    static final int RXCSUM = 0x5000;
    static final int RXCSUM_IPOFL = 1 << 8;
    static final int RXCSUM_TUOFL = 1 << 9;

    // ---- transmit
    static final int TCTL = 0x0400;
    static final int TCTL_EN = 1 << 1;
    static final int TCTL_PSP = 1 << 3;
    /// Collision threshold 15.
    static final int TCTL_CT = 0xF << 4;
    /// Collision distance for full duplex, 64 byte times.
    static final int TCTL_COLD = 0x40 << 12;
    static final int TIPG = 0x0410;
    /// IPGT 10, IPGR1 8, IPGR2 6: the manual's values for IEEE 802.3 spacing over copper.
    static final int TIPG_COPPER = 10 | 8 << 10 | 6 << 20;

    static final int TDBAL = 0x3800;
    static final int TDBAH = 0x3804;
    static final int TDLEN = 0x3808;
    static final int TDH = 0x3810;
    static final int TDT = 0x3818;
    static final int TIDV = 0x3820;
    static final int TADV = 0x382C;

    // ---- address filters
    static final int MTA = 0x5200;
    static final int MTA_ENTRIES = 128;
    static final int RAL0 = 0x5400;
    static final int RAH0 = 0x5404;
    static final int RAH_AV = 1 << 31;
    static final int VFTA = 0x5600;
    static final int VFTA_ENTRIES = 128;

    // ---- statistics, cleared by reading
    static final int CRCERRS = 0x4000;
    static final int ALGNERRC = 0x4004;
    static final int RXERRC = 0x400C;
    static final int MPC = 0x4010;
    static final int SCC = 0x4014;
    static final int ECOL = 0x4018;
    static final int MCC = 0x401C;
    static final int LATECOL = 0x4020;
    static final int COLC = 0x4028;
    static final int DC = 0x4030;
    static final int TNCRS = 0x4034;
    static final int SEC = 0x4038;
    static final int CEXTERR = 0x403C;
    static final int RLEC = 0x4040;
    static final int XONRXC = 0x4048;
    static final int XONTXC = 0x404C;
    static final int XOFFRXC = 0x4050;
    static final int XOFFTXC = 0x4054;
    static final int FCRUC = 0x4058;
    /// The first of six counts by size; those of transmission are at PTC64.
    static final int PRC64 = 0x405C;

    static final int GPRC = 0x4074;
    static final int BPRC = 0x4078;
    static final int MPRC = 0x407C;
    static final int GPTC = 0x4080;
    static final int GORCL = 0x4088;
    static final int GORCH = 0x408C;
    static final int GOTCL = 0x4090;
    static final int GOTCH = 0x4094;
    static final int RNBC = 0x40A0;
    static final int RUC = 0x40A4;
    static final int RFC = 0x40A8;
    static final int ROC = 0x40AC;
    static final int RJC = 0x40B0;
    static final int MGTPRC = 0x40B4;
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
    static final int TSCTFC = 0x40FC;

    /// What every register of a device that is gone reads as.
    static final int GONE = -1;

    private Registers() {}
}

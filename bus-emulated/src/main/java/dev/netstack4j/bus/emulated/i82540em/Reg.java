package dev.netstack4j.bus.emulated.i82540em;

/// Register offsets and bits of the 82540EM, in the order of the developer's manual, chapter 13, and the values after a
/// reset. Registers that are listed in no unit's `write` are plain storage.
final class Reg {
    // General
    static final int CTRL = 0x0000;
    static final int CTRL_DUP = 0x0004;
    static final int STATUS = 0x0008;
    static final int EECD = 0x0010;
    static final int EERD = 0x0014;
    static final int CTRL_EXT = 0x0018;
    static final int FLA = 0x001C;
    static final int MDIC = 0x0020;
    static final int FCAL = 0x0028;
    static final int FCAH = 0x002C;
    static final int FCT = 0x0030;
    static final int VET = 0x0038;
    static final int FCTTV = 0x0170;
    static final int TXCW = 0x0178;
    static final int RXCW = 0x0180;
    static final int LEDCTL = 0x0E00;
    static final int PBA = 0x1000;

    // Interrupt
    static final int ICR = 0x00C0;
    static final int ITR = 0x00C4;
    static final int ICS = 0x00C8;
    static final int IMS = 0x00D0;
    static final int IMC = 0x00D8;

    // Receive
    static final int RCTL = 0x0100;
    static final int FCRTL = 0x2160;
    static final int FCRTH = 0x2168;
    static final int RDBAL = 0x2800;
    static final int RDBAH = 0x2804;
    static final int RDLEN = 0x2808;
    static final int RDH = 0x2810;
    static final int RDT = 0x2818;
    static final int RDTR = 0x2820;
    static final int RXDCTL = 0x2828;
    static final int RADV = 0x282C;
    static final int RSRPD = 0x2C00;
    static final int RXCSUM = 0x5000;
    static final int MTA = 0x5200;
    static final int RAL = 0x5400;
    static final int RAH = 0x5404;
    static final int VFTA = 0x5600;

    // Transmit
    static final int TCTL = 0x0400;
    static final int TIPG = 0x0410;
    static final int AIT = 0x0458;
    static final int TXDMAC = 0x3000;
    static final int TDBAL = 0x3800;
    static final int TDBAH = 0x3804;
    static final int TDLEN = 0x3808;
    static final int TDH = 0x3810;
    static final int TDT = 0x3818;
    static final int TIDV = 0x3820;
    static final int TXDCTL = 0x3828;
    static final int TADV = 0x382C;
    static final int TSPMT = 0x3830;

    // Statistics, read to clear
    static final int STATS = 0x4000;
    static final int STATS_END = 0x4100;
    static final int CRCERRS = 0x4000;
    static final int RXERRC = 0x400C;
    static final int MPC = 0x4010;
    static final int XONRXC = 0x4048;
    static final int XONTXC = 0x404C;
    static final int XOFFRXC = 0x4050;
    static final int XOFFTXC = 0x4054;
    static final int FCRUC = 0x4058;
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
    static final int ROC = 0x40AC;
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

    /// End of what is stored; above lie only wake-up and diagnostic registers, which read 0.
    static final int END = 0x6000;

    // CTRL
    static final int CTRL_FD = 1;
    static final int CTRL_SLU = 1 << 6;
    static final int CTRL_SPEED_1000 = 2 << 8;
    static final int CTRL_RST = 1 << 26;
    static final int CTRL_RFCE = 1 << 27;
    static final int CTRL_TFCE = 1 << 28;
    static final int CTRL_VME = 1 << 30;
    static final int CTRL_PHY_RST = 1 << 31;

    // STATUS
    static final int STATUS_FD = 1;
    static final int STATUS_LU = 1 << 1;
    static final int STATUS_TXOFF = 1 << 4;
    static final int STATUS_SPEED_1000 = 2 << 6;
    static final int STATUS_ASDV_1000 = 2 << 8;

    // EECD, EERD
    static final int EECD_REQ = 1 << 6;
    static final int EECD_GNT = 1 << 7;
    static final int EECD_PRES = 1 << 8;
    static final int EERD_START = 1;
    static final int EERD_DONE = 1 << 4;

    // MDIC
    static final int MDIC_OP = 3 << 26;
    static final int MDIC_WRITE = 1 << 26;
    static final int MDIC_READ = 2 << 26;
    static final int MDIC_READY = 1 << 28;
    static final int MDIC_INTERRUPT = 1 << 29;
    static final int MDIC_ERROR = 1 << 30;

    // Interrupt causes: ICR, ICS, IMS, IMC
    static final int TXDW = 1;
    static final int TXQE = 1 << 1;
    static final int LSC = 1 << 2;
    static final int RXDMT0 = 1 << 4;
    static final int RXO = 1 << 6;
    static final int RXT0 = 1 << 7;
    static final int MDAC = 1 << 9;
    static final int TXD_LOW = 1 << 15;
    static final int SRPD = 1 << 16;
    /// Causes that the chip has.
    static final int CAUSES = 0x0001_F6DF;

    // RCTL
    static final int RCTL_EN = 1 << 1;
    static final int RCTL_SBP = 1 << 2;
    static final int RCTL_UPE = 1 << 3;
    static final int RCTL_MPE = 1 << 4;
    static final int RCTL_LPE = 1 << 5;
    static final int RCTL_LBM = 3 << 6;
    static final int RCTL_BAM = 1 << 15;
    static final int RCTL_VFE = 1 << 18;
    static final int RCTL_CFIEN = 1 << 19;
    static final int RCTL_CFI = 1 << 20;
    static final int RCTL_PMCF = 1 << 23;
    static final int RCTL_BSEX = 1 << 25;
    static final int RCTL_SECRC = 1 << 26;

    // RDTR, FCRTL, RXCSUM, RAH
    static final int RDTR_FPD = 1 << 31;
    static final int FCRTL_XONE = 1 << 31;
    static final int RXCSUM_IPOFL = 1 << 8;
    static final int RXCSUM_TUOFL = 1 << 9;
    static final int RAH_AV = 1 << 31;

    // TCTL
    static final int TCTL_EN = 1 << 1;
    static final int TCTL_PSP = 1 << 3;
    static final int TCTL_SWXOFF = 1 << 22;

    private Reg() {}

    /// Writes the values after power-up or CTRL.RST. Multicast and VLAN tables keep theirs: the manual leaves them
    /// undefined, and a driver that does not clear them is to notice.
    static void reset(int[] file) {
        int[] multicast = table(file, MTA);
        int[] vlan = table(file, VFTA);
        java.util.Arrays.fill(file, 0);
        System.arraycopy(multicast, 0, file, MTA >> 2, 128);
        System.arraycopy(vlan, 0, file, VFTA >> 2, 128);
        file[CTRL >> 2] = CTRL_FD | CTRL_SPEED_1000;
        file[EECD >> 2] = EECD_PRES;
        file[MDIC >> 2] = MDIC_READY;
        file[VET >> 2] = 0x8100;
        file[FCTTV >> 2] = 0;
        file[LEDCTL >> 2] = 0x0706_8302;
        file[PBA >> 2] = 16 << 16 | 48; // KiB: transmit, receive
        file[TIPG >> 2] = 0x0060_2008;
        file[TCTL >> 2] = 0x0000_0008;
        file[RXDCTL >> 2] = 0x0101_0000;
        file[TXDMAC >> 2] = 1;
        file[TSPMT >> 2] = 0x0100_0400;
    }

    private static int[] table(int[] file, int offset) {
        return java.util.Arrays.copyOfRange(file, offset >> 2, (offset >> 2) + 128);
    }
}

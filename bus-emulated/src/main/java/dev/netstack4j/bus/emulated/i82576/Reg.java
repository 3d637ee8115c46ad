package dev.netstack4j.bus.emulated.i82576;

/// Register offsets and bits of the 82576, in the order of the data sheet's chapter 8, and the values after a reset.
/// Registers that no unit knows are plain storage.
final class Reg {
    // General
    static final int CTRL = 0x0000;
    static final int CTRL_DUP = 0x0004;
    static final int STATUS = 0x0008;
    static final int EECD = 0x0010;
    static final int EERD = 0x0014;
    static final int CTRL_EXT = 0x0018;
    static final int MDIC = 0x0020;
    static final int FCAL = 0x0028;
    static final int FCAH = 0x002C;
    static final int FCT = 0x0030;
    static final int VET = 0x0038;
    static final int FCTTV = 0x0170;
    static final int EEMNGCTL = 0x1010;
    static final int FCRTL = 0x2160;
    static final int FCRTH = 0x2168;
    static final int FCRTV = 0x2460;

    // Interrupt, the first four also where the 82540EM has them
    static final int ICR_LOW = 0x00C0;
    static final int ICS_LOW = 0x00C8;
    static final int IMS_LOW = 0x00D0;
    static final int IMC_LOW = 0x00D8;
    static final int IAM_LOW = 0x00E0;
    static final int ICR = 0x1500;
    static final int ICS = 0x1504;
    static final int IMS = 0x1508;
    static final int IMC = 0x150C;
    static final int IAM = 0x1510;
    static final int GPIE = 0x1514;
    static final int EICS = 0x1520;
    static final int EIMS = 0x1524;
    static final int EIMC = 0x1528;
    static final int EIAC = 0x152C;
    static final int EIAM = 0x1530;
    static final int EICR = 0x1580;
    static final int EITR = 0x1680;
    static final int EITR_END = EITR + 4 * 25;
    static final int IVAR = 0x1700;
    static final int IVAR_END = IVAR + 4 * 8;
    static final int IVAR_MISC = 0x1740;

    // Receive
    static final int RCTL = 0x0100;
    static final int RXPBS = 0x2404;
    static final int RX_QUEUES = 0xC000;
    static final int RXCSUM = 0x5000;
    static final int RLPML = 0x5004;
    static final int RAL = 0x5400;
    static final int RAH = 0x5404;
    static final int MRQC = 0x5818;
    static final int RETA = 0x5C00;
    static final int RETA_END = RETA + 128;
    static final int RSSRK = 0x5C80;
    static final int RSSRK_END = RSSRK + 40;

    // Within a receive queue's 64 bytes
    static final int RDBAL = 0x00;
    static final int RDBAH = 0x04;
    static final int RDLEN = 0x08;
    static final int SRRCTL = 0x0C;
    static final int RDH = 0x10;
    static final int RDT = 0x18;
    static final int RXDCTL = 0x28;
    static final int RQDPC = 0x30;

    // Transmit
    static final int TCTL = 0x0400;
    static final int TIPG = 0x0410;
    static final int TXPBS = 0x3404;
    static final int TX_QUEUES = 0xE000;

    // Within a transmit queue's 64 bytes
    static final int TDBAL = 0x00;
    static final int TDBAH = 0x04;
    static final int TDLEN = 0x08;
    static final int TDH = 0x10;
    static final int TDT = 0x18;
    static final int TXDCTL = 0x28;
    static final int TDWBAL = 0x38;
    static final int TDWBAH = 0x3C;

    // Statistics, read to clear
    static final int CRCERRS = 0x4000;
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
    static final int GOTCL = 0x4090;
    static final int RNBC = 0x40A0;
    static final int RUC = 0x40A4;
    static final int ROC = 0x40AC;
    static final int TORL = 0x40C0;
    static final int TOTL = 0x40C8;
    static final int TPR = 0x40D0;
    static final int TPT = 0x40D4;
    static final int PTC64 = 0x40D8;
    static final int MPTC = 0x40F0;
    static final int BPTC = 0x40F4;
    static final int TSCTC = 0x40F8;

    /// End of what is stored.
    static final int END = 0x1_0000;

    // CTRL, CTRL_EXT
    static final int CTRL_FD = 1;
    static final int CTRL_SLU = 1 << 6;
    static final int CTRL_SPEED_1000 = 2 << 8;
    static final int CTRL_RST = 1 << 26;
    static final int CTRL_RFCE = 1 << 27;
    static final int CTRL_TFCE = 1 << 28;
    static final int CTRL_VME = 1 << 30;
    static final int CTRL_PHY_RST = 1 << 31;
    static final int CTRL_EXT_IAME = 1 << 27;

    // STATUS
    static final int STATUS_FD = 1;
    static final int STATUS_LU = 1 << 1;
    static final int STATUS_TXOFF = 1 << 4;
    static final int STATUS_SPEED_1000 = 2 << 6;
    static final int STATUS_RST_DONE = 1 << 21;

    // EECD, EERD, EEMNGCTL
    static final int EECD_PRES = 1 << 8;
    static final int EECD_AUTO_RD = 1 << 9;
    static final int EERD_START = 1;
    static final int EERD_DONE = 1 << 1;
    static final int EEMNGCTL_CFG_DONE = 1 << 18;

    // MDIC
    static final int MDIC_READY = 1 << 28;
    static final int MDIC_INTERRUPT = 1 << 29;

    // Interrupt causes: ICR, ICS, IMS, IMC
    static final int TXDW = 1;
    static final int LSC = 1 << 2;
    static final int RXDMT0 = 1 << 4;
    static final int RXO = 1 << 6;
    static final int RXDW = 1 << 7;
    static final int MDAC = 1 << 9;
    static final int INT_ASSERTED = 1 << 31;
    /// Causes that the chip has.
    static final int CAUSES = 0x7F1F_FFFF;

    // GPIE
    static final int GPIE_NSICR = 1;
    static final int GPIE_MULTIPLE_MSIX = 1 << 4;
    static final int GPIE_EIAME = 1 << 30;

    // RCTL
    static final int RCTL_EN = 1 << 1;
    static final int RCTL_LPE = 1 << 5;
    static final int RCTL_PMCF = 1 << 23;
    static final int RCTL_SECRC = 1 << 26;

    // RXCSUM, SRRCTL, RXDCTL, MRQC, RAH
    static final int RXCSUM_PCSD = 1 << 13;
    static final int SRRCTL_TYPE = 7 << 25;
    static final int SRRCTL_ADVANCED = 1 << 25;
    static final int SRRCTL_DROP = 1 << 31;
    static final int QUEUE_ENABLE = 1 << 25;
    static final int MRQC_MODE = 7;
    static final int MRQC_RSS = 2;
    static final int RAH_AV = 1 << 31;
    static final int FCRTL_XONE = 1 << 31;

    // TCTL, TDWBAL
    static final int TCTL_EN = 1 << 1;
    static final int TCTL_PSP = 1 << 3;
    static final int TDWBAL_ENABLE = 1;

    private Reg() {}

    /// Writes the values after power-up or CTRL.RST. Multicast and VLAN tables keep theirs: a driver that does not
    /// clear them is to notice.
    static void reset(int[] file) {
        int[] tables = java.util.Arrays.copyOfRange(file, 0x5200 >> 2, 0x5400 >> 2);
        int[] vlan = java.util.Arrays.copyOfRange(file, 0x5600 >> 2, 0x5800 >> 2);
        java.util.Arrays.fill(file, 0);
        System.arraycopy(tables, 0, file, 0x5200 >> 2, tables.length);
        System.arraycopy(vlan, 0, file, 0x5600 >> 2, vlan.length);
        file[CTRL >> 2] = CTRL_FD | CTRL_SPEED_1000;
        file[EECD >> 2] = EECD_PRES | EECD_AUTO_RD;
        file[MDIC >> 2] = MDIC_READY;
        file[EEMNGCTL >> 2] = EEMNGCTL_CFG_DONE;
        file[VET >> 2] = 0x8100_8100;
        file[RXPBS >> 2] = 64; // KiB
        file[TXPBS >> 2] = 40;
        file[RLPML >> 2] = 0x2600;
        file[TCTL >> 2] = 0x0A40_00F0 | TCTL_PSP;
        file[TIPG >> 2] = 0x0060_2008;
    }
}

package dev.netstack4j.nic.igb;

/// The register map, as chapter 8 of the 82576 data sheet gives it: offsets in bytes, and under each the bits that the
/// driver uses. ICR, ICS, IMS and IMC are used at their old places, which every model of the chip has.
final class Registers {
    // ---- device
    static final int CTRL = 0x0000;
    static final int CTRL_LRST = 1 << 3;
    static final int CTRL_SLU = 1 << 6;
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
    static final int EERD_DONE = 1 << 1;
    static final int EERD_ADDR_SHIFT = 2;
    static final int EERD_DATA_SHIFT = 16;

    static final int CTRL_EXT = 0x0018;
    static final int CTRL_EXT_DRV_LOAD = 1 << 28;

    static final int MDIC = 0x0020;
    static final int MDIC_REGISTER_SHIFT = 16;
    static final int MDIC_PHY_SHIFT = 21;
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
    static final int RXPBS = 0x2404;
    static final int RXPBS_MASK = 0x7F;
    static final int FCRTV = 0x2460;

    // ---- interrupts
    static final int ICR = 0x00C0;
    static final int IMS = 0x00D0;
    static final int IMC = 0x00D8;
    static final int INT_TXDW = 1;
    static final int INT_LSC = 1 << 2;
    static final int INT_RXDMT0 = 1 << 4;
    static final int INT_RXO = 1 << 6;
    static final int INT_RXDW = 1 << 7;

    static final int GPIE = 0x1514;
    static final int GPIE_NSICR = 1;
    static final int GPIE_MULTIPLE_MSIX = 1 << 4;
    static final int GPIE_EIAME = 1 << 30;
    static final int GPIE_PBA = 1 << 31;
    static final int EICS = 0x1520;
    static final int EIMS = 0x1524;
    static final int EIMC = 0x1528;
    static final int EIAC = 0x152C;
    static final int EIAM = 0x1530;
    static final int EICR = 0x1580;
    static final int EITR = 0x1680;
    /// Microseconds stand in bits 14 to 2.
    static final int EITR_SHIFT = 2;
    static final int EITR_MOST = 0x1FFF;
    static final int IVAR = 0x1700;
    static final int IVAR_MISC = 0x1740;
    static final int IVAR_VALID = 0x80;
    static final int IVAR_TX_SHIFT = 8;
    static final int IVAR_OTHER_SHIFT = 8;

    // ---- receive
    static final int RCTL = 0x0100;
    static final int RCTL_EN = 1 << 1;
    static final int RCTL_UPE = 1 << 3;
    static final int RCTL_MPE = 1 << 4;
    static final int RCTL_LPE = 1 << 5;
    static final int RCTL_BAM = 1 << 15;
    static final int RCTL_VFE = 1 << 18;
    static final int RCTL_SECRC = 1 << 26;

    static final int RX_QUEUE = 0xC000;
    static final int RDBAL = 0x00;
    static final int RDBAH = 0x04;
    static final int RDLEN = 0x08;
    static final int SRRCTL = 0x0C;
    static final int SRRCTL_ADVANCED = 1 << 25;
    static final int SRRCTL_DROP_EN = 1 << 31;
    static final int RDH = 0x10;
    static final int RDT = 0x18;
    static final int RXDCTL = 0x28;
    static final int RQDPC = 0x30;
    static final int QUEUE_STRIDE = 0x40;
    static final int QUEUE_ENABLE = 1 << 25;

    static final int RXCSUM = 0x5000;
    static final int RXCSUM_IPOFL = 1 << 8;
    static final int RXCSUM_TUOFL = 1 << 9;
    static final int RXCSUM_PCSD = 1 << 13;
    static final int RLPML = 0x5004;
    static final int MRQC = 0x5818;
    static final int MRQC_RSS = 2;
    static final int MRQC_TCP4 = 1 << 16;
    static final int MRQC_IP4 = 1 << 17;
    static final int MRQC_TCP6_EX = 1 << 18;
    static final int MRQC_IP6 = 1 << 20;
    static final int MRQC_TCP6 = 1 << 21;
    static final int MRQC_UDP4 = 1 << 22;
    static final int MRQC_UDP6 = 1 << 23;
    static final int RETA = 0x5C00;
    static final int RSSRK = 0x5C80;

    // ---- transmit
    static final int TCTL = 0x0400;
    static final int TCTL_EN = 1 << 1;
    static final int TCTL_PSP = 1 << 3;
    /// Collision threshold 15, collision distance 64, retransmit on late collision.
    static final int TCTL_COPPER = 0xF << 4 | 0x40 << 12 | 1 << 24;

    static final int TX_QUEUE = 0xE000;
    static final int TDBAL = 0x00;
    static final int TDBAH = 0x04;
    static final int TDLEN = 0x08;
    static final int TDH = 0x10;
    static final int TDT = 0x18;
    static final int TXDCTL = 0x28;

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
    static final int ECOL = 0x4018;
    static final int LATECOL = 0x4020;
    static final int RLEC = 0x4040;
    static final int XONRXC = 0x4048;
    static final int XONTXC = 0x404C;
    static final int XOFFRXC = 0x4050;
    static final int XOFFTXC = 0x4054;
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
    static final int MPTC = 0x40F0;
    static final int BPTC = 0x40F4;
    static final int TSCTC = 0x40F8;

    /// What every register of a device reads that is not there any more.
    static final int GONE = -1;

    private Registers() {}

    /// Register `offset` of receive queue `queue`.
    static int rx(int queue, int offset) {
        return RX_QUEUE + queue * QUEUE_STRIDE + offset;
    }

    /// Register `offset` of transmit queue `queue`.
    static int tx(int queue, int offset) {
        return TX_QUEUE + queue * QUEUE_STRIDE + offset;
    }
}

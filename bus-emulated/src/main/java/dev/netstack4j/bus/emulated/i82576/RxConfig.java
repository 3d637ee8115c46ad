package dev.netstack4j.bus.emulated.i82576;

/// What the receive registers say, taken apart whenever one of them is written.
final class RxConfig {
    private static final int FCS = 4;
    private static final int STANDARD = 1518;
    private static final int TAG = 4;
    private static final int LARGEST = 9728;

    boolean enabled;
    boolean stripVlan;
    boolean stripFcs;
    boolean passControl;
    boolean hashInDescriptor;
    int vlanType;
    boolean sendPause;
    boolean obeyPause;
    boolean xon;
    int highWater;
    int lowWater;
    int refresh;
    private int longest;
    private int longestTagged;

    void load(int[] file) {
        int rctl = file[Reg.RCTL >> 2];
        int ctrl = file[Reg.CTRL >> 2];
        enabled = (rctl & Reg.RCTL_EN) != 0;
        stripVlan = (ctrl & Reg.CTRL_VME) != 0;
        stripFcs = (rctl & Reg.RCTL_SECRC) != 0;
        passControl = (rctl & Reg.RCTL_PMCF) != 0;
        hashInDescriptor = (file[Reg.RXCSUM >> 2] & Reg.RXCSUM_PCSD) != 0;
        vlanType = file[Reg.VET >> 2] & 0xFFFF;
        boolean jumbo = (rctl & Reg.RCTL_LPE) != 0;
        int jumboLimit = Math.min(file[Reg.RLPML >> 2] & 0x3FFF, LARGEST);
        longest = (jumbo ? jumboLimit : STANDARD) - FCS;
        longestTagged = (jumbo ? jumboLimit : STANDARD + TAG) - FCS;
        highWater = file[Reg.FCRTH >> 2] & 0x1_FFF0;
        lowWater = file[Reg.FCRTL >> 2] & 0x1_FFF0;
        xon = (file[Reg.FCRTL >> 2] & Reg.FCRTL_XONE) != 0;
        refresh = file[Reg.FCRTV >> 2] & 0xFFFF;
        sendPause = (ctrl & Reg.CTRL_TFCE) != 0 && highWater != 0;
        obeyPause = (ctrl & Reg.CTRL_RFCE) != 0;
    }

    /// Bytes of the longest frame that is taken, without its check sequence.
    int longest(boolean tagged) {
        return tagged ? longestTagged : longest;
    }
}

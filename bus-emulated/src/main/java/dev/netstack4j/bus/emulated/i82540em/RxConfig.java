package dev.netstack4j.bus.emulated.i82540em;

/// What the receive registers say, taken apart whenever one of them is written.
final class RxConfig {
    boolean enabled;
    boolean stripVlan;
    boolean stripFcs;
    boolean passControl;
    int vlanType;
    int bufferShift;
    int longest;
    int thresholdShift;
    boolean sendPause;
    boolean obeyPause;
    boolean xon;
    int highWater;
    int lowWater;
    int delay;
    int longestDelay;
    int smallPacket;

    void load(int[] file) {
        int rctl = file[Reg.RCTL >> 2];
        enabled = (rctl & Reg.RCTL_EN) != 0;
        stripVlan = (file[Reg.CTRL >> 2] & Reg.CTRL_VME) != 0;
        stripFcs = (rctl & Reg.RCTL_SECRC) != 0;
        passControl = (rctl & Reg.RCTL_PMCF) != 0;
        vlanType = file[Reg.VET >> 2] & 0xFFFF;
        bufferShift = bufferShift(rctl);
        longest = (rctl & Reg.RCTL_LPE) != 0 ? 16384 - 4 : 1522 - 4;
        thresholdShift = 1 + Math.min(2, rctl >>> 8 & 3);
        highWater = file[Reg.FCRTH >> 2] & 0xFFF8;
        lowWater = file[Reg.FCRTL >> 2] & 0xFFF8;
        xon = (file[Reg.FCRTL >> 2] & Reg.FCRTL_XONE) != 0;
        sendPause = (file[Reg.CTRL >> 2] & Reg.CTRL_TFCE) != 0 && highWater != 0;
        obeyPause = (file[Reg.CTRL >> 2] & Reg.CTRL_RFCE) != 0;
        delay = file[Reg.RDTR >> 2] & 0xFFFF;
        longestDelay = file[Reg.RADV >> 2] & 0xFFFF;
        smallPacket = file[Reg.RSRPD >> 2] & 0xFFF;
    }

    /// BSIZE 0 to 3 is 2048, 1024, 512, 256; with BSEX sixteen times that, 0 being reserved.
    private static int bufferShift(int rctl) {
        int size = rctl >>> 16 & 3;
        boolean extended = (rctl & Reg.RCTL_BSEX) != 0 && size != 0;
        return 11 - size + (extended ? 4 : 0);
    }
}

package dev.netstack4j.bus.emulated.silicon;

import dev.netstack4j.api.hardware.FrameBatch;

/// Counts of the transmit unit.
public final class TxStats {
    private static final int FCS = 4;
    private static final int ADDRESS_READ = 8;

    private final long[] count;

    public TxStats(Stats stats) {
        count = stats.transmit;
    }

    /// The wire took the first `taken` frames.
    public void sent(FrameBatch b, int taken) {
        for (int f = 0; f < taken; f++) {
            int bytes = b.frameLength(f) + FCS;
            add(FamilyReg.GPTC, 1);
            add(FamilyReg.TPT, 1);
            add(FamilyReg.GOTCL, bytes);
            add(FamilyReg.TOTL, bytes);
            add(FamilyReg.PTC64 + 4 * Stats.sizeClass(bytes), 1);
            group(b, f);
        }
    }

    private void group(FrameBatch b, int f) {
        int p = b.firstPiece(f);
        if (b.pieceLength(p) < ADDRESS_READ) {
            return;
        }
        long destination = Frames.mac(b.pieceSegment(p), b.pieceOffset(p));
        if (Frames.isGroup(destination)) {
            add(Frames.isBroadcast(destination) ? FamilyReg.BPTC : FamilyReg.MPTC, 1);
        }
    }

    /// A packet was cut into segments.
    public void segmented() {
        add(FamilyReg.TSCTC, 1);
    }

    /// A PAUSE frame went out; it is none of the good packets.
    public void pause(boolean xoff) {
        add(xoff ? FamilyReg.XOFFTXC : FamilyReg.XONTXC, 1);
        add(FamilyReg.TPT, 1);
    }

    private void add(int register, long amount) {
        count[Stats.index(register)] += amount;
    }
}

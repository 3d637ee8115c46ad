package dev.netstack4j.bus.emulated.i82576;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.bus.emulated.silicon.Frames;
import dev.netstack4j.bus.emulated.silicon.Stats;

/// Counts of the transmit unit.
final class TxStats {
    private static final int FCS = 4;
    private static final int ADDRESS_READ = 8;

    private final long[] count;

    TxStats(Stats stats) {
        count = stats.transmit;
    }

    /// The wire took the first `taken` frames.
    void sent(FrameBatch b, int taken) {
        for (int f = 0; f < taken; f++) {
            int bytes = b.frameLength(f) + FCS;
            add(Reg.GPTC, 1);
            add(Reg.TPT, 1);
            add(Reg.GOTCL, bytes);
            add(Reg.TOTL, bytes);
            add(Reg.PTC64 + 4 * Stats.sizeClass(bytes), 1);
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
            add(Frames.isBroadcast(destination) ? Reg.BPTC : Reg.MPTC, 1);
        }
    }

    /// A packet was cut into segments.
    void segmented() {
        add(Reg.TSCTC, 1);
    }

    /// A PAUSE frame went out.
    void pause(boolean xoff) {
        add(xoff ? Reg.XOFFTXC : Reg.XONTXC, 1);
        add(Reg.TPT, 1);
    }

    private void add(int register, long amount) {
        count[Stats.index(register)] += amount;
    }
}

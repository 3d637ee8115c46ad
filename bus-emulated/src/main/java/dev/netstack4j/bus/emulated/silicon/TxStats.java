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
            int length = b.frameLength(f);
            if (b.gsoType(f) == FrameBatch.GSO_NONE) {
                good(length + FCS, 1);
                group(b, f, 1);
            } else {
                whole(b, f, length);
            }
        }
    }

    /// Counted as the segments that it stands for.
    private void whole(FrameBatch b, int f, int length) {
        int headers = b.headerLength(f);
        int size = b.gsoSize(f);
        int full = (length - headers) / size;
        int rest = (length - headers) % size;
        good(headers + size + FCS, full);
        if (rest > 0) {
            good(headers + rest + FCS, 1);
        }
        group(b, f, full + (rest > 0 ? 1 : 0));
    }

    private void good(int bytes, int frames) {
        add(FamilyReg.GPTC, frames);
        add(FamilyReg.TPT, frames);
        add(FamilyReg.GOTCL, (long) bytes * frames);
        add(FamilyReg.TOTL, (long) bytes * frames);
        add(FamilyReg.PTC64 + 4 * Stats.sizeClass(bytes), frames);
    }

    private void group(FrameBatch b, int f, int frames) {
        int p = b.firstPiece(f);
        if (b.pieceLength(p) < ADDRESS_READ) {
            return;
        }
        long destination = Frames.mac(b.pieceSegment(p), b.pieceOffset(p));
        if (Frames.isGroup(destination)) {
            add(Frames.isBroadcast(destination) ? FamilyReg.BPTC : FamilyReg.MPTC, frames);
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

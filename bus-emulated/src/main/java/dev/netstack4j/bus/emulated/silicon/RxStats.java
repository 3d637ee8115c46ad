package dev.netstack4j.bus.emulated.silicon;

/// Counts of the receive unit; under its lock.
public final class RxStats {
    private static final int LEAST_FRAME = 60;
    private static final int FCS = 4;

    private final long[] count;

    public RxStats(Stats stats) {
        count = stats.receive;
    }

    public void count(int register) {
        add(register, 1);
    }

    /// A frame came, good or bad.
    public void arrived(int length) {
        add(FamilyReg.TPR, 1);
        add(FamilyReg.TORL, onWire(length));
    }

    /// It was taken.
    public void good(HeaderView header, int length) {
        add(FamilyReg.GPRC, 1);
        add(FamilyReg.GORCL, onWire(length));
        add(FamilyReg.PRC64 + 4 * Stats.sizeClass(onWire(length)), 1);
        long destination = header.destination();
        if (Frames.isGroup(destination)) {
            add(Frames.isBroadcast(destination) ? FamilyReg.BPRC : FamilyReg.MPRC, 1);
        }
    }

    private static int onWire(int length) {
        return Math.max(length, LEAST_FRAME) + FCS;
    }

    private void add(int register, long amount) {
        count[Stats.index(register)] += amount;
    }
}

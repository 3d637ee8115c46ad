package dev.netstack4j.bus.emulated.i82576;

import dev.netstack4j.bus.emulated.silicon.Frames;
import dev.netstack4j.bus.emulated.silicon.HeaderView;
import dev.netstack4j.bus.emulated.silicon.Stats;

/// Counts of the receive unit; under its lock.
final class RxStats {
    private static final int LEAST_FRAME = 60;
    private static final int FCS = 4;

    private final long[] count;

    RxStats(Stats stats) {
        count = stats.receive;
    }

    void count(int register) {
        add(register, 1);
    }

    /// A frame came, good or bad.
    void arrived(int length) {
        add(Reg.TPR, 1);
        add(Reg.TORL, onWire(length));
    }

    /// It was taken.
    void good(HeaderView header, int length) {
        add(Reg.GPRC, 1);
        add(Reg.GORCL, onWire(length));
        add(Reg.PRC64 + 4 * Stats.sizeClass(onWire(length)), 1);
        long destination = header.destination();
        if (Frames.isGroup(destination)) {
            add(Frames.isBroadcast(destination) ? Reg.BPRC : Reg.MPRC, 1);
        }
    }

    private static int onWire(int length) {
        return Math.max(length, LEAST_FRAME) + FCS;
    }

    private void add(int register, long amount) {
        count[Stats.index(register)] += amount;
    }
}

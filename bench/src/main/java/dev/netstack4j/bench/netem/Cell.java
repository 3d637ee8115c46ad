package dev.netstack4j.bench.netem;

/// One cell of the table.
///
/// @param rateMbits  of the bottleneck
/// @param impairment what happens to the data
/// @param congestion the algorithm of both senders, by name
/// @param toStack    whether data goes from the kernel's sockets to the measured host
record Cell(int rateMbits, Impairment impairment, String congestion, boolean toStack) {
    private static final int DELAY_MILLIS = 20;
    private static final int FRAME_BITS = 1514 * 8;
    private static final int LEAST_QUEUE = 50;
    private static final int MANY_LANES = 12;

    /// For people, and for `--only`.
    String name() {
        String way = toStack ? "kernel to stack" : "stack to kernel";
        return rateMbits + " Mbit/s, " + impairment.label + ", " + congestion + ", " + way;
    }

    /// What `tc` is told for the interface towards the receiver. The queue holds what the path holds once more.
    String netem() {
        int path = (int) ((long) rateMbits * 1000 * DELAY_MILLIS / FRAME_BITS);
        return impairment.netem(DELAY_MILLIS, rateMbits, path + Math.max(LEAST_QUEUE, path));
    }

    /// How many cells like this one may run at the same time without waiting for processors.
    int lanes() {
        if (rateMbits <= 10 || !impairment.isMild()) {
            return MANY_LANES;
        }
        return rateMbits <= 100 ? 2 : 1;
    }

    /// How long one transfer should take: where losses alone decide, long enough that the first slow start, which may
    /// get far before its first loss, does not.
    double seconds() {
        if (impairment.isMild()) {
            return rateMbits <= 10 ? 4 : 1.5;
        }
        return rateMbits <= 10 ? 4 : 8;
    }

    /// Pairs of transfers.
    ///
    /// @param full where chance decides
    int pairs(int full) {
        return impairment == Impairment.NONE ? Math.min(full, 6) : full;
    }
}

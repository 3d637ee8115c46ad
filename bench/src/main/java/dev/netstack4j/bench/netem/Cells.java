package dev.netstack4j.bench.netem;

import java.util.ArrayList;
import java.util.List;

/// The cells of the table, in their order.
final class Cells {
    private static final int[] RATES = {10, 100, 1000};

    private Cells() {}

    /// All of them.
    static List<Cell> all() {
        List<Cell> cells = new ArrayList<>();
        for (int rate : RATES) {
            for (Impairment i : Impairment.values()) {
                if (i != Impairment.JITTER || rate == 100) {
                    both(cells, rate, i, "cubic");
                }
            }
        }
        for (Impairment i : List.of(
                Impairment.NONE, Impairment.LOSS_1, Impairment.LOSS_5, Impairment.LOSS_10, Impairment.REORDER)) {
            both(cells, 100, i, "reno");
        }
        return cells;
    }

    /// Some that tell most in a short time.
    static List<Cell> few() {
        List<Cell> cells = new ArrayList<>();
        both(cells, 10, Impairment.NONE, "cubic");
        for (Impairment i : List.of(Impairment.LOSS_1, Impairment.LOSS_5, Impairment.REORDER, Impairment.DUPLICATE)) {
            both(cells, 10, i, "cubic");
        }
        both(cells, 100, Impairment.LOSS_1, "cubic");
        both(cells, 100, Impairment.LOSS_1, "reno");
        both(cells, 1000, Impairment.LOSS_10, "cubic");
        return cells;
    }

    private static void both(List<Cell> cells, int rate, Impairment impairment, String congestion) {
        cells.add(new Cell(rate, impairment, congestion, true));
        cells.add(new Cell(rate, impairment, congestion, false));
    }
}

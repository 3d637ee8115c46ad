package dev.netstack4j.cli.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds the longest common subsequence of two lists by the greedy algorithm of E. Myers (1986), and with it the places
/// where they part.
final class Alignment {
    /// Memory grows with the square of it.
    private static final int MOST_DIFFERENCES = 4000;

    /// A place where they part: elements `aFrom` to `aTo` of the one stand for `bFrom` to `bTo` of the other, ends
    /// exclusive; one of both may be empty.
    record Hunk(int aFrom, int aTo, int bFrom, int bTo) {}

    private Alignment() {}

    static List<Hunk> hunks(List<String> a, List<String> b) throws IOException {
        List<int[]> fronts = new ArrayList<>();
        int[] front = new int[2 * MOST_DIFFERENCES + 3];
        int offset = MOST_DIFFERENCES + 1;
        for (int d = 0; d <= MOST_DIFFERENCES; d++) {
            fronts.add(Arrays.copyOfRange(front, offset - d - 1, offset + d + 2));
            for (int k = -d; k <= d; k += 2) {
                boolean down = k == -d || k != d && front[offset + k - 1] < front[offset + k + 1];
                int x = down ? front[offset + k + 1] : front[offset + k - 1] + 1;
                int y = x - k;
                while (x < a.size() && y < b.size() && a.get(x).equals(b.get(y))) {
                    x++;
                    y++;
                }
                front[offset + k] = x;
                if (x >= a.size() && y >= b.size()) {
                    return walkBack(fronts, a.size(), b.size());
                }
            }
        }
        throw new IOException("the traces differ in more than " + MOST_DIFFERENCES
                + " places of one kind; compare shorter runs, such as those of 'netstack trace'.");
    }

    private static List<Hunk> walkBack(List<int[]> fronts, int aSize, int bSize) {
        List<Hunk> hunks = new ArrayList<>();
        int x = aSize;
        int y = bSize;
        for (int d = fronts.size() - 1; d > 0; d--) {
            int[] before = fronts.get(d); // from diagonal -d-1 to d+1
            int k = x - y;
            boolean down = k == -d || k != d && before[k - 1 + d + 1] < before[k + 1 + d + 1];
            int fromK = down ? k + 1 : k - 1;
            int fromX = before[fromK + d + 1];
            int fromY = fromX - fromK;
            join(hunks, new Hunk(fromX, down ? fromX : fromX + 1, fromY, down ? fromY + 1 : fromY));
            x = fromX;
            y = fromY;
        }
        return hunks.reversed();
    }

    /// Steps that touch make one hunk. They come from the end.
    private static void join(List<Hunk> hunks, Hunk step) {
        Hunk last = hunks.isEmpty() ? null : hunks.getLast();
        if (last != null && last.aFrom == step.aTo && last.bFrom == step.bTo) {
            hunks.set(hunks.size() - 1, new Hunk(step.aFrom, last.aTo, step.bFrom, last.bTo));
        } else {
            hunks.add(step);
        }
    }
}

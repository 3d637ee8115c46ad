package dev.netstack4j.testkit.simulation;

import java.util.SplittableRandom;

/// The luck of one direction of a link: one stream of numbers for each kind of misfortune, so that changing one share
/// does not change when another one strikes.
final class Chance {
    private final SplittableRandom loss;
    private final SplittableRandom burst;
    private final SplittableRandom corrupt;
    private final SplittableRandom reorder;
    private final SplittableRandom duplicate;
    private final SplittableRandom jitter;
    private boolean inBurst;

    Chance(long seed) {
        SplittableRandom root = new SplittableRandom(seed);
        loss = root.split();
        burst = root.split();
        corrupt = root.split();
        reorder = root.split();
        duplicate = root.split();
        jitter = root.split();
    }

    private static boolean strikes(SplittableRandom stream, double share) {
        return share > 0 && stream.nextDouble() < share;
    }

    boolean loses(LinkShape shape) {
        return strikes(loss, shape.loss) | losesInBurst(shape);
    }

    private boolean losesInBurst(LinkShape shape) {
        if (shape.burstBegin == 0) {
            inBurst = false;
            return false;
        }
        inBurst = inBurst ? !strikes(burst, shape.burstEnd) : strikes(burst, shape.burstBegin);
        return inBurst && strikes(burst, shape.burstLoss);
    }

    /// The bit that is wrong on arrival, or -1.
    int wrongBit(LinkShape shape, int bytes) {
        return strikes(corrupt, shape.corrupt) ? corrupt.nextInt(bytes * 8) : -1;
    }

    /// How late a frame is that others overtake, or 0.
    long behind(LinkShape shape) {
        return strikes(reorder, shape.reorder) ? 1 + reorder.nextLong(shape.behind) : 0;
    }

    boolean duplicates(LinkShape shape) {
        return strikes(duplicate, shape.duplicate);
    }

    long jitter(LinkShape shape) {
        return shape.jitter == 0 ? 0 : jitter.nextLong(shape.jitter + 1);
    }
}

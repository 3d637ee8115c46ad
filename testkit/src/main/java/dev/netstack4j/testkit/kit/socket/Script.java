package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.testkit.kit.socket.Endpoint.Got;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Some calls in an order that follows from a seed.
final class Script {
    private static final int CALLS = 60;

    private Script() {}

    /// Makes the calls.
    ///
    /// @return a hash of all results, and of what was dropped
    static int run(SocketHost h, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Pair p = Pair.of(h);
        int hash = 0;
        for (int i = 0; i < CALLS; i++) {
            hash = 31 * hash + one(h, p, random);
        }
        return 31 * hash + h.stack.packets().ledger().dropped().hashCode();
    }

    private static int one(SocketHost h, Pair p, SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> {
                h.rest();
                yield 0;
            }
            case 1 -> {
                Got got = p.receiver().receive();
                yield 31 * got.result() + Arrays.hashCode(got.bytes());
            }
            case 2 -> p.receiver().poll();
            default -> p.sender().send(h.subject.message(random, random.nextInt(1, h.subject.mostBytes() + 1)), p.to());
        };
    }
}

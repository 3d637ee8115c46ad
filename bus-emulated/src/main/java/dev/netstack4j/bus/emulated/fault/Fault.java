package dev.netstack4j.bus.emulated.fault;

import dev.netstack4j.api.spi.OptionType;
import dev.netstack4j.api.spi.OptionTypes;
import java.util.ArrayList;
import java.util.List;

/// One fault: `NAME[:COUNT|:TIME][@TIME]`, such as `lose-irq:3`, `link-flap:200ms@5s`, `hang-tx@5s`.
///
/// @param kind       what breaks
/// @param amount     how often, or for how many nanoseconds
/// @param afterNanos when, counted from the injection
public record Fault(FaultKind kind, long amount, long afterNanos) {
    private static final int MOST = 1_000_000;

    /// Several, joined by `+`; none for an empty text.
    public static final OptionType<List<Fault>> LIST = new OptionType<>() {
        @Override
        public List<Fault> parse(String text) {
            List<Fault> all = new ArrayList<>();
            for (String one : text.isBlank() ? new String[0] : text.split("\\+", -1)) {
                all.add(Fault.parse(one.strip()));
            }
            return List.copyOf(all);
        }

        @Override
        public String example() {
            return "lose-irq:3@1s+hang-tx@5s";
        }
    };

    /// Reads one.
    ///
    /// @throws IllegalArgumentException with a sentence that says what to write
    public static Fault parse(String text) {
        int at = text.indexOf('@');
        String what = at < 0 ? text : text.substring(0, at);
        int colon = what.indexOf(':');
        FaultKind kind = kind(colon < 0 ? what : what.substring(0, colon));
        long amount = colon < 0 ? kind.usual : amount(kind, what.substring(colon + 1));
        return new Fault(kind, amount, at < 0 ? 0 : OptionTypes.NANOS.parse(text.substring(at + 1)));
    }

    private static FaultKind kind(String word) {
        for (FaultKind k : FaultKind.values()) {
            if (k.word.equals(word)) {
                return k;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is no fault; there are "
                + String.join(", ", FaultKind.words()) + ", each with [@TIME]");
    }

    private static long amount(FaultKind kind, String text) {
        return switch (kind.amount) {
            case NONE ->
                throw new IllegalArgumentException(
                        "'" + kind.word + ":" + text + "' says too much; write " + kind.word);
            case TIME -> OptionTypes.NANOS.parse(text);
            case COUNT -> count(OptionTypes.INTEGER.parse(text));
        };
    }

    private static int count(int n) {
        if (n < 1 || n > MOST) {
            throw new IllegalArgumentException("a fault happens 1 to " + MOST + " times, not " + n);
        }
        return n;
    }

    /// As it is written.
    @Override
    public String toString() {
        return switch (kind.amount) {
            case NONE -> kind.word;
            case COUNT -> kind.word + ":" + amount;
            case TIME -> amount == Long.MAX_VALUE ? kind.word : kind.word + ":" + amount + "ns";
        };
    }
}

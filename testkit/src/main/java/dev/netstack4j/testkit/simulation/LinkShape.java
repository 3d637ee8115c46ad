package dev.netstack4j.testkit.simulation;

import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import java.util.Map;
import java.util.TreeMap;

/// What one direction of a link does to frames, written as text: `rate=10mbit delay=20ms loss=5%`. Immutable.
///
/// | option | meaning | default |
/// |---|---|---|
/// | `rate` | bits a second; preamble, FCS and gap count as 24 bytes a frame | no limit |
/// | `queue` | bytes that may wait for the rate | `64k` |
/// | `full` | a frame that finds the queue full: `drop` loses it, `hold` makes the sender wait | `drop` |
/// | `delay` | from the last bit sent to the frame received | `0` |
/// | `jitter` | up to so much more delay; the order of frames stays | `0` |
/// | `loss` | share of the frames that vanish, each by itself | `0` |
/// | `burst-begin` | chance of a frame to begin a burst of losses | `0` |
/// | `burst-end` | chance of a frame in a burst to end it | `30%` |
/// | `burst-loss` | share of the frames of a burst that vanish | `100%` |
/// | `reorder` | share of the frames that later ones overtake | `0` |
/// | `behind` | most time by which such a frame is late | `1ms` |
/// | `duplicate` | share of the frames that arrive twice | `0` |
/// | `corrupt` | share of the frames that get one wrong bit, one a frame on all its links | `0` |
/// | `fcs` | `true`: a corrupted frame has a bad check sequence, and the card drops it; `false`: the bit is for checksums to find | `false` |
///
/// Bursts follow the model of Gilbert and Elliott.
public final class LinkShape {
    private static final Option<Long> RATE =
            Option.of("rate", OptionTypes.BITS_PER_SECOND, 0L, "bits a second; 0: no limit");
    private static final Option<Long> QUEUE =
            Option.of("queue", OptionTypes.BYTES, 64L << 10, "bytes that may wait for the rate");
    private static final Option<String> FULL =
            Option.of("full", OptionTypes.TEXT, "drop", "what happens when the queue is full: drop or hold");
    private static final Option<Long> DELAY = Option.of("delay", OptionTypes.NANOS, 0L, "time under way");
    private static final Option<Long> JITTER =
            Option.of("jitter", OptionTypes.NANOS, 0L, "most time that is added to the delay");
    private static final Option<Double> LOSS =
            Option.of("loss", OptionTypes.SHARE, 0.0, "share of the frames that vanish");
    private static final Option<Double> BURST_BEGIN =
            Option.of("burst-begin", OptionTypes.SHARE, 0.0, "chance of a frame to begin a burst of losses");
    private static final Option<Double> BURST_END =
            Option.of("burst-end", OptionTypes.SHARE, 0.3, "chance of a frame in a burst to end it");
    private static final Option<Double> BURST_LOSS =
            Option.of("burst-loss", OptionTypes.SHARE, 1.0, "share of the frames of a burst that vanish");
    private static final Option<Double> REORDER =
            Option.of("reorder", OptionTypes.SHARE, 0.0, "share of the frames that later ones overtake");
    private static final Option<Long> BEHIND =
            Option.of("behind", OptionTypes.NANOS, 1_000_000L, "most time by which a reordered frame is late");
    private static final Option<Double> DUPLICATE =
            Option.of("duplicate", OptionTypes.SHARE, 0.0, "share of the frames that arrive twice");
    private static final Option<Double> CORRUPT =
            Option.of("corrupt", OptionTypes.SHARE, 0.0, "share of the frames that arrive with one wrong bit");
    private static final Option<Boolean> FCS =
            Option.of("fcs", OptionTypes.FLAG, false, "whether the check sequence of corrupted frames is bad");
    private static final OptionSchema SCHEMA = OptionSchema.of(
            RATE,
            QUEUE,
            FULL,
            DELAY,
            JITTER,
            LOSS,
            BURST_BEGIN,
            BURST_END,
            BURST_LOSS,
            REORDER,
            BEHIND,
            DUPLICATE,
            CORRUPT,
            FCS);

    /// Every frame arrives at once.
    public static final LinkShape PERFECT = of("");

    private final Map<String, String> texts;
    final long rate;
    final long queue;
    final boolean holds;
    final long delay;
    final long jitter;
    final double loss;
    final double burstBegin;
    final double burstEnd;
    final double burstLoss;
    final double reorder;
    final long behind;
    final double duplicate;
    final double corrupt;
    final boolean badFcs;

    private LinkShape(Map<String, String> texts) {
        this.texts = texts;
        Options o = values(texts);
        rate = o.get(RATE);
        queue = o.get(QUEUE);
        holds = holds(o.get(FULL));
        delay = o.get(DELAY);
        jitter = o.get(JITTER);
        loss = o.get(LOSS);
        burstBegin = o.get(BURST_BEGIN);
        burstEnd = o.get(BURST_END);
        burstLoss = o.get(BURST_LOSS);
        reorder = o.get(REORDER);
        behind = Math.max(1, o.get(BEHIND));
        duplicate = o.get(DUPLICATE);
        corrupt = o.get(CORRUPT);
        badFcs = o.get(FCS);
    }

    private static Options values(Map<String, String> texts) {
        Options.Builder values = SCHEMA.values();
        texts.forEach(values::set);
        return values.build();
    }

    private static boolean holds(String text) {
        return switch (text) {
            case "hold" -> true;
            case "drop" -> false;
            default -> throw new IllegalArgumentException("option 'full': '" + text + "' is neither drop nor hold");
        };
    }

    /// A shape from options separated by spaces or commas.
    ///
    /// @throws IllegalArgumentException with a sentence that says what to write
    public static LinkShape of(String text) {
        return new LinkShape(parse(text, new TreeMap<>()));
    }

    /// This shape with other values for some options.
    public LinkShape with(String text) {
        return new LinkShape(parse(text, new TreeMap<>(texts)));
    }

    private static Map<String, String> parse(String text, Map<String, String> into) {
        for (String pair : text.strip().split("[\\s,]+", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                into.put(pair.substring(0, equals), pair.substring(equals + 1));
            } else if (!pair.isEmpty()) {
                throw new IllegalArgumentException(
                        "'" + pair + "' is no option of a link; write for example: rate=10mbit delay=20ms loss=5%");
            }
        }
        return into;
    }

    /// How long so many bytes of a frame take, in nanoseconds.
    long nanosFor(long bytes) {
        return rate == 0 ? 0 : (long) ((double) (bytes * 8) * 1e9 / (double) rate);
    }

    @Override
    public String toString() {
        StringBuilder s = new StringBuilder();
        texts.forEach(
                (k, v) -> s.append(s.isEmpty() ? "" : " ").append(k).append('=').append(v));
        return s.isEmpty() ? "perfect" : s.toString();
    }
}

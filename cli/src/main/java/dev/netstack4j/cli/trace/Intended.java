package dev.netstack4j.cli.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The differences between buses that are intended, each with its reason, and which events keep which order. From a
/// data file; its head says how it is written.
final class Intended {
    private static final String FILE = "intended-differences.txt";
    private static final String ANY = "any";
    private static final Pattern RULE = Pattern.compile("(\\S+) (\\S+) (\\S+) (.*?) +-- (.*)");
    private static final Pattern LANE = Pattern.compile("lane (\\S+) (\\S+) (.*)");
    private static final Pattern RING = Pattern.compile("(post|back) (\\w+)\\[.*");

    private record Rule(String form, String chip, String bus, Pattern pattern, int bits, String reason) {
        boolean isFor(String wantedForm, String ofChip, String ofBus) {
            return form.equals(wantedForm)
                    && (chip.equals(ANY) || chip.equals(ofChip))
                    && (bus.equals(ANY) || bus.equals(ofBus));
        }
    }

    private record Lane(String chip, String name, Pattern pattern) {}

    private final List<Rule> rules = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final String chip;

    private Intended(String chip) {
        this.chip = chip;
    }

    /// Those of one chip.
    static Intended of(String chip) throws IOException {
        try (InputStream in = Intended.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IOException("the list of intended differences is missing");
            }
            Intended made = new Intended(chip);
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(made::add);
            return made;
        }
    }

    private void add(String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        Matcher lane = LANE.matcher(line);
        Matcher rule = RULE.matcher(line);
        if (lane.matches()) {
            lanes.add(new Lane(lane.group(1), lane.group(2), Pattern.compile(lane.group(3))));
        } else if (rule.matches()) {
            boolean bits = rule.group(1).equals("bits");
            String pattern = bits ? Pattern.quote(rule.group(3)) : glob(rule.group(4));
            String bus = bits ? ANY : rule.group(3);
            int mask = bits ? Integer.parseUnsignedInt(rule.group(4), 16) : 0;
            rules.add(new Rule(rule.group(1), rule.group(2), bus, Pattern.compile(pattern), mask, rule.group(5)));
        } else {
            throw new IllegalStateException("cannot read '" + line + "' in " + FILE);
        }
    }

    private static String glob(String text) {
        return Pattern.quote(text).replace("*", "\\E.*\\Q");
    }

    /// Events of one lane keep their order on every bus; those of different lanes may pass each other.
    String lane(TraceLine line) {
        String text = line.what() + " " + line.of();
        Matcher ring = RING.matcher(text);
        if (ring.matches()) {
            return ring.group(1) + " " + ring.group(2);
        }
        for (Lane l : lanes) {
            Matcher m = l.pattern.matcher(text);
            if ((l.chip.equals(ANY) || l.chip.equals(chip)) && m.matches()) {
                return m.replaceFirst(l.name.replace('_', ' '));
            }
        }
        return "control";
    }

    /// Bits of a register's value that may differ.
    int ignoredBits(TraceLine line) {
        int bits = 0;
        for (Rule r : rules) {
            if (line.isAccess()
                    && r.isFor("bits", chip, ANY)
                    && r.pattern.matcher(line.of()).matches()) {
                bits |= r.bits;
            }
        }
        return bits;
    }

    /// Why bits were left out that do differ; null when they are equal.
    @Nullable
    String reasonForBits(TraceLine a, TraceLine b) {
        for (Rule r : rules) {
            if (a.isAccess()
                    && r.isFor("bits", chip, ANY)
                    && r.pattern.matcher(a.of()).matches()
                    && ((a.value() ^ b.value()) & r.bits) != 0) {
                return r.reason;
            }
        }
        return null;
    }

    /// Why the value of one event may differ; null when it may not.
    @Nullable
    String reasonForValue(TraceLine a) {
        return reason("value", ANY, a);
    }

    /// Why an event may be there on one bus alone; null when it may not.
    @Nullable
    String reasonForExtra(TraceLine line, String bus) {
        return reason("extra", bus, line);
    }

    private @Nullable String reason(String form, String bus, TraceLine line) {
        for (Rule r : rules) {
            if (r.isFor(form, chip, bus) && r.pattern.matcher(line.toString()).matches()) {
                return r.reason;
            }
        }
        return null;
    }
}

package dev.netstack4j.cli.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Compares what one driver did on two buses. The events of each lane are aligned; where they part, the list of
/// intended differences is asked.
public final class TraceDiff {
    private final TraceFile a;
    private final TraceFile b;
    private final Intended intended;
    private final Map<String, Integer> explained = new TreeMap<>();
    private final List<Parting> unexplained = new ArrayList<>();
    private int common;

    /// A difference that nobody explains.
    ///
    /// @param lane  events that keep their order
    /// @param after the last event in common; null at the beginning
    /// @param a     only in the first trace
    /// @param b     only in the second
    public record Parting(String lane, @Nullable TraceLine after, List<TraceLine> a, List<TraceLine> b) {}

    private TraceDiff(TraceFile a, TraceFile b, Intended intended) {
        this.a = a;
        this.b = b;
        this.intended = intended;
    }

    /// Compares.
    ///
    /// @throws IOException when the two are of different chips
    public static TraceDiff of(TraceFile a, TraceFile b) throws IOException {
        if (!a.chip().equals(b.chip())) {
            throw new IOException("the traces are of different chips, " + a.chip() + " and " + b.chip() + ".");
        }
        TraceDiff diff = new TraceDiff(a, b, Intended.of(a.chip()));
        diff.compare();
        return diff;
    }

    /// Events that both have.
    public int common() {
        return common;
    }

    /// Intended differences: how many for which reason.
    public Map<String, Integer> explained() {
        return explained;
    }

    /// All others.
    public List<Parting> unexplained() {
        return unexplained;
    }

    private void compare() throws IOException {
        Map<String, List<TraceLine>> ofA = lanes(a);
        Map<String, List<TraceLine>> ofB = lanes(b);
        ofB.keySet().forEach(lane -> ofA.computeIfAbsent(lane, l -> new ArrayList<>()));
        for (Map.Entry<String, List<TraceLine>> lane : ofA.entrySet()) {
            compare(lane.getKey(), lane.getValue(), ofB.getOrDefault(lane.getKey(), List.of()));
        }
    }

    /// Of a register that is read again and again at once, the last reading counts: how long a device takes differs.
    private Map<String, List<TraceLine>> lanes(TraceFile file) {
        Map<String, List<TraceLine>> lanes = new LinkedHashMap<>();
        @Nullable TraceLine before = null;
        for (TraceLine line : file.lines()) {
            List<TraceLine> lane = lanes.computeIfAbsent(intended.lane(line), l -> new ArrayList<>());
            if (before != null && line.what().equals("r") && before.isOfSame(line) && !lane.isEmpty()) {
                lane.removeLast();
            }
            lane.add(line);
            before = line;
        }
        return lanes;
    }

    private void compare(String lane, List<TraceLine> linesA, List<TraceLine> linesB) throws IOException {
        int at = 0;
        int atB = 0;
        for (Alignment.Hunk h : Alignment.hunks(keys(linesA), keys(linesB))) {
            same(linesA.subList(at, h.aFrom()), linesB.subList(atB, h.bFrom()));
            List<TraceLine> left = new ArrayList<>(linesA.subList(h.aFrom(), h.aTo()));
            List<TraceLine> right = new ArrayList<>(linesB.subList(h.bFrom(), h.bTo()));
            explainPairs(left, right);
            List<TraceLine> changed = List.copyOf(left);
            explainExtras(left, right, a.bus());
            explainExtras(right, changed, b.bus());
            if (!left.isEmpty() || !right.isEmpty()) {
                unexplained.add(new Parting(lane, h.aFrom() == 0 ? null : linesA.get(h.aFrom() - 1), left, right));
            }
            at = h.aTo();
            atB = h.bTo();
        }
        same(linesA.subList(at, linesA.size()), linesB.subList(atB, linesB.size()));
    }

    private List<String> keys(List<TraceLine> lines) {
        return lines.stream().map(l -> l.key(intended.ignoredBits(l))).toList();
    }

    private void same(List<TraceLine> left, List<TraceLine> right) {
        for (int i = 0; i < left.size(); i++) {
            common++;
            count(intended.reasonForBits(left.get(i), right.get(i)));
        }
    }

    private void count(@Nullable String reason) {
        if (reason != null) {
            explained.merge(reason, 1, Integer::sum);
        }
    }

    /// The same register or descriptor with another value.
    private void explainPairs(List<TraceLine> left, List<TraceLine> right) {
        for (TraceLine l : List.copyOf(left)) {
            String reason = intended.reasonForValue(l);
            for (TraceLine r : reason == null ? List.<TraceLine>of() : List.copyOf(right)) {
                if (l.isOfSame(r) && intended.reasonForValue(r) != null) {
                    count(reason);
                    left.remove(l);
                    right.remove(r);
                    break;
                }
            }
        }
    }

    /// An event that the other bus has at this place too, with another value, is not one more but a changed one.
    private void explainExtras(List<TraceLine> lines, List<TraceLine> others, String bus) {
        for (TraceLine l : List.copyOf(lines)) {
            boolean changed = others.stream().anyMatch(l::isOfSame);
            String reason = changed ? null : intended.reasonForExtra(l, bus);
            if (reason != null) {
                count(reason);
                lines.remove(l);
            }
        }
    }
}

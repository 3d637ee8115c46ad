package dev.netstack4j.testkit.script.run;

import dev.netstack4j.testkit.script.Script;
import dev.netstack4j.testkit.script.ScriptFailure;
import dev.netstack4j.testkit.script.model.Call;
import dev.netstack4j.testkit.script.model.Packet;
import dev.netstack4j.testkit.script.model.Place;
import dev.netstack4j.testkit.script.model.Step;
import dev.netstack4j.testkit.script.model.Value;
import dev.netstack4j.testkit.script.wire.AutoArp;
import dev.netstack4j.testkit.script.wire.Conversation;
import dev.netstack4j.testkit.script.wire.PacketMatcher;
import dev.netstack4j.testkit.script.wire.PacketText;
import dev.netstack4j.testkit.script.wire.PacketWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Plays a script against a target, event by event.
public final class Playback {
    private static final int SHOWN = 20;

    private final Script script;
    private final Target target;
    private final List<Step.Timed> steps;
    private final Conversation conversation;
    private final PacketWriter writer;
    private final PacketMatcher matcher;
    private final AutoArp arp;
    private final CallActions calls;
    private final List<CallRun> pending = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private long base;

    private Playback(Script script, Target target) {
        this.script = script;
        this.target = target;
        steps = script.stepsFor(target.name());
        boolean plain = steps.stream().noneMatch(Playback::hasOwnBytes);
        conversation = new Conversation(script.setup(), target.hostMac(), plain);
        writer = new PacketWriter(conversation);
        matcher = new PacketMatcher(conversation);
        arp = new AutoArp(script.setup().autoArp(), conversation);
        String host = script.setup().host();
        CallWords words = new CallWords(
                host.substring(0, host.indexOf('/')), script.setup().peer());
        calls = new CallActions(target.sockets(), words, plain);
    }

    /// Plays it; the target is opened before and closed after, whatever happens.
    ///
    /// @throws ScriptFailure when what happens is not what the script says
    /// @throws Exception when the target cannot be made
    public static void play(Script script, Target target) throws Exception {
        try (target) {
            target.open(script.setup());
            Playback p = new Playback(script, target);
            try {
                p.playAll();
            } catch (ScriptFailure f) {
                throw new ScriptFailure(script.name(), f, p.shownHistory());
            } finally {
                p.calls.closeAll();
            }
            target.verify();
        }
    }

    private static boolean hasOwnBytes(Step s) {
        return switch (s) {
            case Step.In in -> hasBytes(in.packet());
            case Step.CallStep c
            when c.call().name().startsWith("send") -> {
                Call.Arg what = c.call().arg(1);
                yield what != null && what.form() != Call.Form.WORD;
            }
            default -> false;
        };
    }

    private static boolean hasBytes(Packet p) {
        return p.innermost().get("data") instanceof Value.Bytes
                && !p.innermost().kind().equals("icmp");
    }

    private void playAll() {
        for (Step.Timed s : steps) {
            switch (s) {
                case Step.In in -> in(in);
                case Step.Out out -> out(out);
                case Step.CallStep c -> call(c);
                case Step.Quiet q -> base = reach(q);
                case Step.Set set -> {
                    base = reach(set);
                    target.set(set.name(), set.value());
                }
            }
        }
        for (CallRun c : List.copyOf(pending)) {
            waitFor(c, c.latestEnd);
        }
        reachTime(steps.getLast().place(), target.now());
    }

    // ---- events

    private void in(Step.In step) {
        base = reach(step);
        byte[] frame = writer.frame(step.packet());
        conversation.sentIn(frame);
        note(target.now(), "in ", frame, true);
        target.send(frame);
    }

    private void out(Step.Out step) {
        boolean any = step.when().isAny();
        long from = step.when().earliest(base);
        long to = any ? base + 600_000_000_000L : step.when().latest(base);
        long slack = any ? 0 : slack(to - base);
        Target.Frame f = nextVisible(to + slack);
        if (f == null) {
            throw new ScriptFailure(step.place(), "no packet came until " + seconds(to + slack) + ".");
        }
        String wrong = matcher.mismatch(step.packet(), f.bytes());
        if (wrong != null) {
            throw new ScriptFailure(step.place(), "the packet is not the one expected: " + wrong + ".");
        }
        if (f.nanos() < from - (target.isExact() ? 0 : slack)) {
            throw new ScriptFailure(
                    step.place(),
                    "the packet came at " + seconds(f.nanos()) + ", and must come " + between(from, to) + ".");
        }
        base = f.nanos();
    }

    private void call(Step.CallStep step) {
        base = reach(step);
        long end = step.when().lasting()
                ? step.when().relative() ? baseOf(step) : step.when().to()
                : base;
        long slack = slack(end - base);
        long earliest = step.when().lasting() ? end - (target.isExact() ? 0 : slack) : base;
        CallRun run = new CallRun(step, earliest, end + slack, target, calls);
        pending.add(run);
        target.start(run);
        if (!target.isExact()) {
            long late = target.now() - base;
            run.delayed(late);
            base += late;
        }
        if (step.when().lasting()) {
            target.settle(run, target.now());
            judgePending();
        } else {
            waitFor(run, run.latestEnd);
        }
    }

    private long baseOf(Step.CallStep step) {
        return base - step.when().from() + step.when().to();
    }

    // ---- time

    private long slack(long delay) {
        return Math.max(script.setup().tolerance(), target.tolerance(delay));
    }

    /// Lets time pass until an event; a packet before it is one too many.
    private long reach(Step.Timed step) {
        long at = step.when().earliest(base);
        reachTime(step.place(), at);
        return Math.max(at, target.isExact() ? at : target.now());
    }

    private void reachTime(Place place, long at) {
        Target.Frame f = nextVisible(at);
        if (f != null) {
            throw new ScriptFailure(
                    place,
                    "before this event a packet came that the script does not expect, at " + seconds(f.nanos()) + ": "
                            + PacketText.frame(f.bytes(), conversation, false));
        }
    }

    private Target.@Nullable Frame nextVisible(long until) {
        while (true) {
            Target.Frame f = target.next(until);
            judgePending();
            if (f == null) {
                return null;
            }
            byte[] answer = arp.answer(f.bytes());
            if (answer != null) {
                target.send(answer);
            }
            if (!arp.hides(f.bytes())) {
                note(f.nanos(), "out", f.bytes(), false);
                conversation.sentOut(f.bytes());
                return f;
            }
        }
    }

    // ---- calls

    private void waitFor(CallRun run, long until) {
        target.settle(run, until);
        if (!run.isDone()) {
            throw new ScriptFailure(
                    run.step.place(),
                    run.step.call().name() + " has not returned, and must return "
                            + between(run.earliestEnd, run.latestEnd) + ".");
        }
        judgePending();
    }

    private void judgePending() {
        for (CallRun c : List.copyOf(pending)) {
            if (c.isDone()) {
                pending.remove(c);
                c.judge();
            } else if (target.now() > c.latestEnd) {
                waitFor(c, target.now());
            }
        }
    }

    // ---- messages

    private void note(long nanos, String way, byte[] frame, boolean fromPeer) {
        history.add(seconds(nanos) + " " + way + " " + PacketText.frame(frame, conversation, fromPeer));
    }

    private String shownHistory() {
        int first = Math.max(0, history.size() - SHOWN);
        StringBuilder s = new StringBuilder(System.lineSeparator()).append("The packets before it:");
        for (String line : history.subList(first, history.size())) {
            s.append(System.lineSeparator()).append("    ").append(line);
        }
        return s.toString();
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.6f", nanos / 1e9);
    }

    static String between(long from, long to) {
        return from == to ? "at " + seconds(from) : "between " + seconds(from) + " and " + seconds(to);
    }
}

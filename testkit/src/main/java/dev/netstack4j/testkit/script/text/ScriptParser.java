package dev.netstack4j.testkit.script.text;

import dev.netstack4j.testkit.script.model.Packet;
import dev.netstack4j.testkit.script.model.Place;
import dev.netstack4j.testkit.script.model.Setup;
import dev.netstack4j.testkit.script.model.Step;
import dev.netstack4j.testkit.script.model.When;
import java.util.ArrayList;
import java.util.List;

/// Reads a script: settings first, then events, one to a line.
public final class ScriptParser {
    private final Tokens tokens;
    private final SetupParser setup;
    private final List<Step> steps = new ArrayList<>();

    private ScriptParser(String name, String text) {
        tokens = new Tokens(name, text);
        setup = new SetupParser(tokens);
    }

    /// What was read.
    ///
    /// @param setup what holds before the first event
    /// @param steps the events in order
    public record Result(Setup setup, List<Step> steps) {}

    /// Reads a script.
    ///
    /// @throws dev.netstack4j.testkit.script.ScriptSyntaxException when it cannot be read
    public static Result parse(String name, String text) {
        ScriptParser p = new ScriptParser(name, text);
        p.readAll();
        return new Result(p.setup.done(), List.copyOf(p.steps));
    }

    private void readAll() {
        tokens.skipEmptyLines();
        while (setup.readLine()) {
            tokens.skipEmptyLines();
        }
        while (tokens.peek().kind() != Token.Kind.FILE_END) {
            steps.add(step());
            tokens.skipEmptyLines();
        }
        if (steps.isEmpty()) {
            throw tokens.error(tokens.peek().place(), "the script has no event.");
        }
    }

    private Step step() {
        Token t = tokens.peek();
        if (t.isWord("differs")) {
            return differs();
        }
        if (!Numbers.isTime(t)) {
            throw tokens.expected("a time, or \"differs\",");
        }
        When when = Numbers.when(tokens, tokens.take());
        Step.Timed step = event(when, t.place());
        if (when.lasting() && !(step instanceof Step.CallStep)) {
            throw tokens.error(t.place(), "a time with three dots is for calls that wait; write two dots.");
        }
        if (when.isAny() && !(step instanceof Step.Out)) {
            throw tokens.error(t.place(), "the time * is for packets that are expected.");
        }
        tokens.needLineEnd();
        return step;
    }

    private Step.Timed event(When when, Place place) {
        Token verb = tokens.needWord("in, out, call, quiet or set");
        return switch (verb.text()) {
            case "in" -> new Step.In(place, when, packet());
            case "out" -> new Step.Out(place, when, packet());
            case "call" -> new Step.CallStep(place, when, new CallParser(tokens).call());
            case "quiet" -> new Step.Quiet(place, when);
            case "set" -> set(when, place);
            default ->
                throw tokens.error(
                        verb.place(),
                        "\"" + verb.text() + "\" is not an event; there are in, out, call, quiet and set.");
        };
    }

    private Packet packet() {
        return new PacketParser(tokens).packet();
    }

    private Step.Timed set(When when, Place place) {
        String name = tokens.needWord("the name of a setting").text();
        tokens.needSign("=");
        return new Step.Set(place, when, name, (int) Numbers.number(tokens, tokens.needWord("a number")));
    }

    private Step differs() {
        Place place = tokens.take().place();
        String target =
                tokens.needWord("the name of a target, for example linux,").text();
        String reason = tokens.needText("the reason in quotes");
        if (reason.length() < 10) {
            throw tokens.error(place, "the reason must say why it differs.");
        }
        List<Step> there = block();
        List<Step> elsewhere = tokens.takeWord("else") ? block() : List.of();
        tokens.needLineEnd();
        return new Step.Differs(place, target, reason, there, elsewhere);
    }

    private List<Step> block() {
        tokens.needSign("{");
        List<Step> list = new ArrayList<>();
        tokens.skipEmptyLines();
        while (!tokens.peek().isSign("}")) {
            if (tokens.peek().kind() == Token.Kind.FILE_END) {
                throw tokens.expected("\"}\"");
            }
            list.add(step());
            tokens.skipEmptyLines();
        }
        tokens.needSign("}");
        return List.copyOf(list);
    }
}

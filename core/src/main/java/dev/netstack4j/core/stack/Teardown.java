package dev.netstack4j.core.stack;

import dev.netstack4j.core.registry.Problems;
import java.util.ArrayDeque;
import java.util.Deque;

/// What was taken so far, given back in reverse order. A step that throws is logged and does not keep the others from
/// running.
final class Teardown {
    private static final System.Logger LOG = System.getLogger("dev.netstack4j.core.stack");

    private record Step(String what, Action action) {}

    /// One step; may throw anything.
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    private final Deque<Step> steps = new ArrayDeque<>();
    private final String stack;

    /// @param stack name of the stack, for the log
    Teardown(String stack) {
        this.stack = stack;
    }

    /// Adds a step, which runs before all that were added earlier.
    void push(String what, Action action) {
        steps.push(new Step(what, action));
    }

    /// Runs all steps, once.
    void run() {
        for (Step s = steps.poll(); s != null; s = steps.poll()) {
            try {
                s.action.run();
            } catch (Exception | Error e) {
                String sentence = "stack " + stack + ": " + s.what + " failed: " + Problems.say(e);
                LOG.log(System.Logger.Level.WARNING, sentence, e);
            }
        }
    }
}

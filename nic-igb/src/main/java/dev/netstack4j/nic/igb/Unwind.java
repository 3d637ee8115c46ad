package dev.netstack4j.nic.igb;

import java.util.ArrayDeque;
import java.util.Deque;

/// What has been taken, to be given back in reverse order: by a failure half-way, or by the opposite operation.
final class Unwind {
    private final Deque<Runnable> steps = new ArrayDeque<>();

    /// Notes how to undo the step just done.
    void push(Runnable undo) {
        steps.push(undo);
    }

    /// Undoes all steps, the latest first; a second call does nothing.
    void run() {
        while (!steps.isEmpty()) {
            steps.pop().run();
        }
    }
}

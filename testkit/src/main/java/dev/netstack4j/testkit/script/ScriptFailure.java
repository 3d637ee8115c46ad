package dev.netstack4j.testkit.script;

import dev.netstack4j.testkit.script.model.Place;

/// What happened is not what the script says. The message has the script's line, what was expected, what came, and the
/// packets before it.
public final class ScriptFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final int line;

    /// @param place    where the script says it
    /// @param sentence what is wrong
    public ScriptFailure(Place place, String sentence) {
        super(sentence);
        line = place.line();
    }

    /// @param script   name of the script
    /// @param cause    what went wrong there
    /// @param history  the packets before it, a line each
    public ScriptFailure(String script, ScriptFailure cause, String history) {
        super(script + ":" + cause.line + ": " + cause.getMessage() + history, cause);
        line = cause.line;
    }

    /// Line of the script, from 1.
    public int line() {
        return line;
    }
}

package dev.netstack4j.testkit.script;

/// A script cannot be read; the message is one sentence, with the script's name, line and column before it.
public final class ScriptSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /// @param script   name of the script
    /// @param line     from 1
    /// @param column   from 1
    /// @param sentence what is wrong
    public ScriptSyntaxException(String script, int line, int column, String sentence) {
        super(script + ":" + line + ":" + column + ": " + sentence);
        this.line = line;
        this.column = column;
    }

    /// From 1.
    public int line() {
        return line;
    }

    /// From 1.
    public int column() {
        return column;
    }
}

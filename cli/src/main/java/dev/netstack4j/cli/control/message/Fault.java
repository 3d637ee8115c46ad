package dev.netstack4j.cli.control.message;

/// A request that is not as the protocol says. Never an error of a call.
public final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /// What is wrong.
    public enum Kind {
        /// There is no such op.
        UNKNOWN_OP("unknown-op"),
        /// A field is missing, or its value has the wrong form.
        BAD_FIELD("bad-field"),
        /// The line is no JSON object, or nested too deep. The connection ends.
        BAD_JSON("bad-json"),
        /// The line is too long. The connection ends.
        TOO_LONG("too-long"),
        /// The first request of a connection must be `hello`.
        NO_SESSION("no-session");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// As the protocol spells it.
        public String word() {
            return word;
        }

        /// Whether the connection can go on.
        public boolean isSurvived() {
            return this != BAD_JSON && this != TOO_LONG;
        }
    }

    /// @param message one sentence
    public Fault(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /// A field that is missing or wrong.
    public static Fault field(String name, String what) {
        return new Fault(Kind.BAD_FIELD, "field '" + name + "' " + what);
    }

    /// What is wrong.
    public Kind kind() {
        return kind;
    }

    /// The sentence.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}

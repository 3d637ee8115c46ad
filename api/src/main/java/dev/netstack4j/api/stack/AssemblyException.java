package dev.netstack4j.api.stack;

import java.util.List;

/// A stack could not be assembled; tells every problem at once, each as a sentence for people.
public final class AssemblyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /// @param problems one sentence each
    public AssemblyException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /// The problems, one sentence each.
    public List<String> problems() {
        return problems;
    }
}

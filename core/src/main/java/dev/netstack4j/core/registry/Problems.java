package dev.netstack4j.core.registry;

import dev.netstack4j.api.stack.AssemblyException;
import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong with an assembly, so that everything is told at once.
public final class Problems {
    private final List<String> sentences = new ArrayList<>();

    /// Nothing is wrong yet.
    public Problems() {}

    /// Adds a sentence for people.
    public void add(String sentence) {
        if (!sentences.contains(sentence)) {
            sentences.add(sentence);
        }
    }

    /// Whether nothing is wrong.
    public boolean isEmpty() {
        return sentences.isEmpty();
    }

    /// Throws when anything is wrong.
    public void check() throws AssemblyException {
        if (!sentences.isEmpty()) {
            throw new AssemblyException(sentences);
        }
    }

    /// What an exception says, for the end of a sentence.
    public static String say(Throwable thrown) {
        String message = thrown.getMessage();
        String type = thrown.getClass().getSimpleName();
        return message == null || message.isBlank() ? type : type + " (" + message.strip() + ")";
    }
}

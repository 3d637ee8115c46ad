package dev.netstack4j.cli;

import java.io.IOException;

/// Something that the user can change, as a plain sentence.
final class UserProblem extends IOException {
    private static final long serialVersionUID = 1L;

    UserProblem(String sentence) {
        super(sentence);
    }
}

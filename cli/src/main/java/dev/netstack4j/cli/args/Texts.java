package dev.netstack4j.cli.args;

import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/// Turns the sentence of a parser into one of the command line.
final class Texts {
    private Texts() {}

    static <T> T convert(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}

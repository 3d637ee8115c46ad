package dev.netstack4j.cli;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.stack.AssemblyException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Says what went wrong: one plain sentence for what the user can change, status 2; a stack trace for what only we can,
/// status 1.
final class Problems {
    /// Exit status: something was not as it must be.
    static final int NOT_VERIFIED = 1;
    /// Exit status: wrong use, or no permission.
    static final int REFUSED = 2;

    private Problems() {}

    static CommandLine sayThemPlainly(CommandLine line) {
        return line.setParameterExceptionHandler((e, _) -> wrongUse(e))
                .setExecutionExceptionHandler((e, command, _) -> failed(e, command.getErr()));
    }

    private static int wrongUse(ParameterException e) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        say(command.getErr(), sentence(e) + " See '" + name + " --help'.");
        return REFUSED;
    }

    private static int failed(Exception e, PrintWriter err) {
        switch (e) {
            case UserProblem u -> say(err, sentence(u));
            case NetException n -> say(err, "cannot " + sentence(n));
            case AssemblyException a -> say(err, Objects.toString(a.getMessage()));
            case NoSuchFileException f -> say(err, "there is no " + f.getFile() + ".");
            case FileSystemException f -> say(err, "cannot use " + f.getFile() + ": " + f.getReason() + ".");
            case IOException io -> say(err, sentence(io));
            default -> {
                e.printStackTrace(err);
                return NOT_VERIFIED;
            }
        }
        return REFUSED;
    }

    private static String sentence(Exception e) {
        String text = Objects.toString(e.getMessage(), e.toString()).strip();
        return text.endsWith(".") ? text : text + ".";
    }

    private static void say(PrintWriter err, String text) {
        err.println("netstack: " + text);
    }
}

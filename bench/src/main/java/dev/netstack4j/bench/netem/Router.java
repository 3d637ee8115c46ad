package dev.netstack4j.bench.netem;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/// The shell of the host in the middle, by two named pipes. It answers each line by its output and a line `DONE n`.
final class Router implements AutoCloseable {
    private final Writer commands;
    private final BufferedReader answers;

    Router(Path folder) throws IOException {
        commands = Files.newBufferedWriter(folder.resolve("commands"));
        answers = Files.newBufferedReader(folder.resolve("answers"));
    }

    /// Impairs what goes to the receiver of the cell, and nothing else.
    void impair(Cell cell) throws IOException {
        run("clear");
        run("impair " + (cell.toStack() ? "far " : "near ") + cell.netem());
    }

    private void run(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        StringBuilder seen = new StringBuilder();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.strip().equals("DONE 0")) {
                return;
            }
            seen.append(line).append('\n');
            if (line.startsWith("DONE")) {
                break;
            }
        }
        throw new IOException("the router refuses '" + command + "': " + seen);
    }

    @Override
    public void close() {
        try (commands;
                answers) {
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

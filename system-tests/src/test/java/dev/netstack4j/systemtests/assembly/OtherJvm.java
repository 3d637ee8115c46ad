package dev.netstack4j.systemtests.assembly;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A JVM of its own, bounded in time.
public final class OtherJvm {
    private static final long SECONDS = 120;

    private OtherJvm() {}

    /// Runs `java` with these arguments to its end.
    ///
    /// @param work a folder for what it says
    /// @return the lines that it said
    public static List<String> run(Path work, String... args) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dguice_bytecode_gen_option=DISABLED"));
        command.addAll(List.of(args));
        Path said = Files.createTempFile(work, "said", ".txt");
        Process p = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = p.waitFor(SECONDS, TimeUnit.SECONDS);
        p.destroyForcibly();
        assertTrue(ended, () -> "still running: " + command);
        return Files.readAllLines(said);
    }
}

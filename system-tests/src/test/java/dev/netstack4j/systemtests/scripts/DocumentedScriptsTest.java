package dev.netstack4j.systemtests.scripts;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.testkit.script.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The scripts of `docs/packet-scripts.md` pass; blocks with a language are none.
class DocumentedScriptsTest {
    private static final int LEAST = 4;

    @Test
    void everyExampleOfTheGuideRuns() throws Exception {
        String[] parts =
                Files.readString(Path.of("..", "docs", "packet-scripts.md")).split("```", -1);
        int run = 0;
        for (int i = 1; i < parts.length; i += 2) {
            if (!parts[i].startsWith("\n")) { // of a language of its own
                continue;
            }
            Scripts.runner().run(Script.parse("example " + (i / 2 + 1), parts[i]));
            run++;
        }
        assertTrue(run >= LEAST, "only " + run + " examples were found");
    }
}

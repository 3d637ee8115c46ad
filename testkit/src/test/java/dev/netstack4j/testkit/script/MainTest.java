package dev.netstack4j.testkit.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cannot be carried out is told in a sentence, apart from the results, and never counts as a success.
class MainTest {
    @TempDir
    Path folder;

    @Test
    void aFileThatIsNotThereIsNamed() throws Exception {
        Path missing = folder.resolve("missing.packets");
        assertEquals("netstack script: there is no " + missing + ".", refusal("run", missing.toString()));
        assertEquals("netstack script: there is no " + missing + ".", refusal("record", missing.toString()));
    }

    @Test
    void nothingToRunIsNoSuccess() throws Exception {
        Path other = Files.writeString(folder.resolve("script.txt"), "+0 quiet");
        assertEquals(
                "netstack script: " + other + " holds no script; the name of a script ends in .packets.",
                refusal("run", other.toString()));
    }

    @Test
    void hostAndPortAreChecked() throws Exception {
        assertEquals(
                "netstack script: 'here' is no IPv4 address; write four numbers from 0 to 255: 10.0.0.1",
                refusal("record", "a.pcap", "here"));
        assertEquals(
                "netstack script: 'http' is no port; write a number from 0 to 65535.",
                refusal("record", "a.pcap", "sender", "http"));
    }

    private static String refusal(String... arguments) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = new Main(print(out), print(err)).execute(List.of(arguments));
        assertEquals(2, status);
        assertEquals("", out.toString(StandardCharsets.UTF_8));
        return err.toString(StandardCharsets.UTF_8).strip();
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }
}

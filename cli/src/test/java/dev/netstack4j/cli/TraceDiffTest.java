package dev.netstack4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `netstack trace-diff` on traces of a few lines.
class TraceDiffTest {
    private static final List<String> LINES = List.of(
            "0.000000000  slot enable",
            "0.000000010  w TDBAL0 = @10000",
            "0.000000020  r STATUS = 80080483 FD LU",
            "0.000000030  post tx0[0] = data buf:@ len:62 EOP",
            "0.000000040  w TDT0 = 1",
            "0.000000050  irq 1",
            "0.000000060  back tx0[0] = DD",
            "0.000000070  r GPTC = #1");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private String file(String name, String bus, String... lines) throws IOException {
        Path file = folder.resolve(name);
        StringBuilder text =
                new StringBuilder("# netstack4j register trace 1\n# chip 82576 bus " + bus + " device x\n");
        for (String l : lines) {
            text.append(l).append('\n');
        }
        Files.writeString(file, text);
        return file.toString();
    }

    private String[] with(int line, String... instead) {
        List<String> changed = new java.util.ArrayList<>(LINES);
        changed.remove(line);
        changed.addAll(line, List.of(instead));
        return changed.toArray(String[]::new);
    }

    private String[] whole() {
        return LINES.toArray(String[]::new);
    }

    @Test
    void equalTracesDifferNowhere() throws IOException {
        assertEquals(0, run("trace-diff", file("a", "emulated", whole()), file("b", "qemu", whole())));
        assertTrue(out.toString().contains("8 events in common"), out.toString());
        assertTrue(out.toString().contains("no other differences"), out.toString());
    }

    @Test
    void addressesAndCountsMayDiffer() throws IOException {
        String b = file("b", "qemu", with(1, "0.000000010  w TDBAL0 = @77770"));
        assertEquals(0, run("trace-diff", file("a", "emulated", whole()), b));
    }

    @Test
    void intendedDifferencesAreToldWithTheirReasonAndDoNoHarm() throws IOException {
        String b = file("b", "qemu", with(2, "0.000000020  r STATUS = 200083 FD LU RST_DONE"));
        assertEquals(0, run("trace-diff", file("a", "emulated", whole()), b));
        assertTrue(out.toString().contains("RST_DONE"), out.toString());
    }

    @Test
    void anotherValueIsReportedWithBothLinesAndFails() throws IOException {
        String b = file("b", "qemu", with(4, "0.000000040  w TDT0 = 2"));
        assertEquals(1, run("trace-diff", file("a", "emulated", whole()), b));
        assertTrue(out.toString().contains("A:7 w TDT0 = 1"), out.toString());
        assertTrue(out.toString().contains("B:7 w TDT0 = 2"), out.toString());
        assertTrue(out.toString().contains("after A:6 post tx0[0]"), out.toString());
    }

    @Test
    void anEventThatIsMissingIsReported() throws IOException {
        String b = file("b", "qemu", with(6));
        assertEquals(1, run("trace-diff", file("a", "emulated", whole()), b));
        assertTrue(out.toString().contains("A:9 back tx0[0] = DD"), out.toString());
    }

    @Test
    void linkStatusThatDiffersInABitThatCountsIsReported() throws IOException {
        String b = file("b", "qemu", with(2, "0.000000020  r STATUS = 80080481 FD"));
        assertEquals(1, run("trace-diff", file("a", "emulated", whole()), b));
        assertTrue(out.toString().contains("B:5 r STATUS = 80080481 FD"), out.toString());
    }

    @Test
    void aRegisterThatIsWrittenOnOneBusAloneIsReported() throws IOException {
        String b = file("b", "qemu", with(2, "0.000000020  w RCTL = 2 EN"));
        assertEquals(1, run("trace-diff", file("a", "emulated", whole()), b));
    }

    @Test
    void anotherChipOrNoTraceAtAllIsRefusedInAPlainSentence() throws IOException {
        Path other = folder.resolve("other");
        Files.writeString(other, "# netstack4j register trace 1\n# chip 82540em bus qemu device x\n");
        assertEquals(2, run("trace-diff", file("a", "emulated", whole()), other.toString()));
        assertTrue(err.toString().contains("different chips"), err.toString());
        Files.writeString(other, "hello\n");
        assertEquals(2, run("trace-diff", file("a", "emulated", whole()), other.toString()));
        assertTrue(err.toString().contains("is no register trace"), err.toString());
    }
}

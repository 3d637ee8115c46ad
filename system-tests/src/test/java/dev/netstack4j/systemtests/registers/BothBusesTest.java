package dev.netstack4j.systemtests.registers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.cli.trace.TraceDiff;
import dev.netstack4j.cli.trace.TraceFile;
import dev.netstack4j.testkit.requires.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a driver and its device say to each other on our silicon and on QEMU's: where they part, it is intended.
@Timeout(120)
class BothBusesTest {
    /// QEMU runs in real time: where the machine stalls, requests are sent again.
    private static final int MORE_TRIES = 2;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"82540em,e1000", "82576,igb"})
    @Requires(programs = "qemu-system-x86_64")
    void aDriverSeesTheSameOnBothBusesButForWhatIsIntended(String ours, String qemus) throws Exception {
        Path emulated = folder.resolve("emulated");
        Path qemu = folder.resolve("qemu");
        Recorded.onEmulated(ours, emulated);
        TraceDiff diff = compare(qemus, emulated, qemu);
        for (int more = 0; more < MORE_TRIES && !diff.unexplained().isEmpty(); more++) {
            diff = compare(qemus, emulated, qemu);
        }
        TraceDiff last = diff;
        assertEquals(List.of(), diff.unexplained());
        assertFalse(diff.explained().isEmpty());
        assertTrue(diff.common() > 400, () -> last.common() + " events in common");
    }

    private static TraceDiff compare(String model, Path emulated, Path qemu) throws Exception {
        Recorded.onQemu(model, qemu);
        return TraceDiff.of(TraceFile.read(emulated), TraceFile.read(qemu));
    }

    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    void twoRunsInVirtualTimeGiveTheSameTraceToTheByte(String model) throws Exception {
        Recorded.onEmulated(model, folder.resolve("first"));
        Recorded.onEmulated(model, folder.resolve("second"));
        assertEquals(Files.readAllLines(folder.resolve("first")), Files.readAllLines(folder.resolve("second")));
    }

    /// A register with another value, one that is not written, a descriptor without its report, a doorbell too many.
    @ParameterizedTest
    @CsvSource({
        "82576,w RCTL = 4008002,w RCTL = 4000002",
        "82576,w EIAC = 3,",
        "82576,w CTRL = 58000241,w CTRL = 50000241",
        "82576,w EIMS = 2,w EIMS = 4",
        "82576,EOP IFCS RS PAYLEN:62,EOP IFCS PAYLEN:62",
        "82540em,w TIPG = 60200a,w TIPG = 602008",
        "82540em,w RDLEN = 1000,w RDLEN = 800",
        "82540em,w VET = 8100,"
    })
    void aPlantedDifferenceIsFound(String model, String line, String instead) throws Exception {
        Path whole = folder.resolve("whole");
        Path planted = folder.resolve("planted");
        Recorded.onEmulated(model, whole);
        Files.write(planted, plant(Files.readAllLines(whole), line, instead));
        TraceDiff diff = TraceDiff.of(TraceFile.read(whole), TraceFile.read(planted));
        assertFalse(diff.unexplained().isEmpty(), "the difference was overlooked");
        assertTrue(diff.unexplained().stream()
                .flatMap(p -> p.a().stream())
                .anyMatch(l -> l.toString().contains(line)));
    }

    private static List<String> plant(List<String> lines, String line, String instead) {
        List<String> changed = new ArrayList<>();
        for (String l : lines) {
            if (!l.contains(line)) {
                changed.add(l);
            } else if (instead != null) {
                changed.add(l.replace(line, instead));
            }
        }
        assertFalse(changed.equals(lines), "nothing was planted");
        return changed;
    }
}

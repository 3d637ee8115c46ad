package dev.netstack4j.systemtests.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.systemtests.walk.Pair;
import dev.netstack4j.testkit.requires.Requires;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// QEMU ends with whoever started it, whatever happens.
@Requires(programs = "qemu-system-x86_64")
@Timeout(120)
class EndOfQemuTest {
    private static Process victim(boolean waits) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        Boolean.toString(waits))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static ProcessHandle qemuOf(Process victim) throws IOException {
        BufferedReader lines = victim.inputReader();
        return ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
    }

    private static List<Path> foldersOf(Process victim) throws IOException {
        try (Stream<Path> all = Files.list(Leftover.folder())) {
            return all.filter(p -> p.getFileName().toString().contains("-" + victim.pid() + "-"))
                    .toList();
        }
    }

    @Test
    void itEndsWithAVirtualMachineThatExitsWithoutClosingAnything() throws Exception {
        Process victim = victim(false);
        ProcessHandle qemu = qemuOf(victim);
        assertEquals(0, victim.waitFor());
        qemu.onExit().get(10, TimeUnit.SECONDS);
        assertEquals(List.of(), foldersOf(victim));
    }

    @Test
    void whatAKilledOneLeftEndsWhenTheNextBusIsMade() throws Exception {
        Process victim = victim(true);
        ProcessHandle qemu = qemuOf(victim);
        victim.destroyForcibly().waitFor();
        assertTrue(qemu.isAlive(), "QEMU does not notice");
        assertFalse(foldersOf(victim).isEmpty());
        try (Pair pair = Pair.real(new Pair.Card("qemu", "e1000", Map.of("time", "warp")))) {
            qemu.onExit().get(10, TimeUnit.SECONDS);
            assertEquals(List.of(), foldersOf(victim));
            assertTrue(Pings.untilAnswered(pair.a, 2, 56, 3) > 0, "its own QEMU was left alone");
        }
    }

    @Test
    void anotherStackOfTheSameProcessKeepsIts() throws Exception {
        try (Pair first = Pair.real(new Pair.Card("qemu", "e1000", Map.of("time", "warp")));
                Pair second = Pair.real(new Pair.Card("qemu", "e1000", Map.of("time", "warp")))) {
            assertTrue(Pings.untilAnswered(second.a, 2, 56, 3) > 0);
            assertTrue(Pings.untilAnswered(first.a, 2, 56, 3) > 0);
        }
    }
}

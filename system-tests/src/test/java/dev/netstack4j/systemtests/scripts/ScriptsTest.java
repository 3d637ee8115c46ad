package dev.netstack4j.systemtests.scripts;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.netstack4j.testkit.script.ScriptRunner;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every script of the resources, in virtual time.
class ScriptsTest {
    private static final int LEAST = 400;

    @TestFactory
    Stream<DynamicTest> scripts() {
        ScriptRunner runner = Scripts.runner();
        return Scripts.all().stream()
                .map(p -> dynamicTest(Scripts.name(p), p.toUri(), () -> runner.run(Scripts.read(p))));
    }

    @Test
    void thereAreScriptsForEachProtocol() {
        for (String folder : new String[] {"tcp", "udp", "icmp", "arp", "fragments"}) {
            assertTrue(
                    Scripts.all().stream().anyMatch(p -> Scripts.name(p).startsWith(folder + "/")),
                    "no script of " + folder);
        }
        assertTrue(Scripts.all().size() >= LEAST, "only " + Scripts.all().size() + " scripts were found");
    }
}

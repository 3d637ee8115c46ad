package dev.netstack4j.systemtests.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.netstack4j.testkit.script.ScriptRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every script of the resources, in virtual time.
class ScriptsTest {
    private static final int LEAST = 400;
    private static final int EVENTS = 8;
    private static final List<String> STATES = List.of(
            "syn-received",
            "syn-received-active",
            "established",
            "fin-wait-1",
            "fin-wait-2",
            "close-wait",
            "closing",
            "last-ack",
            "time-wait");

    @TestFactory
    Stream<DynamicTest> scripts() {
        ScriptRunner runner = Scripts.runner();
        return Scripts.all().stream()
                .map(p -> dynamicTest(Scripts.name(p), p.toUri(), () -> runner.run(Scripts.read(p))));
    }

    /// RFC 9293's states in which a peer is known; CLOSED, LISTEN and SYN-SENT have no window.
    @Test
    void eachStateOfTcpHasAScriptForEachEventInEachPlace() {
        List<String> names = Scripts.all().stream().map(Scripts::name).toList();
        List<String> missing = new ArrayList<>();
        for (String state : STATES) {
            for (String event : List.of("syn", "syn-ack", "ack", "fin", "rst", "data")) {
                for (String place : List.of("in-window", "below", "above")) {
                    String name = "tcp/states/" + state + "/" + event + "-" + place;
                    if (!names.contains(name)) {
                        missing.add(name);
                    }
                }
            }
        }
        assertEquals(List.of(), missing);
        for (String state : List.of("closed", "listen", "syn-sent")) {
            assertTrue(
                    names.stream()
                                    .filter(n -> n.startsWith("tcp/states/" + state + "/"))
                                    .count()
                            >= EVENTS,
                    state);
        }
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

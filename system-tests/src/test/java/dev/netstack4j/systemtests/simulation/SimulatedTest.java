package dev.netstack4j.systemtests.simulation;

import static dev.netstack4j.testkit.simulation.Simulation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.SimLink;
import dev.netstack4j.testkit.simulation.SimSwitch;
import dev.netstack4j.testkit.simulation.Simulation;
import dev.netstack4j.testkit.simulation.junit.EachSeed;
import dev.netstack4j.testkit.simulation.junit.Simulated;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// The JUnit extension: what it injects, how often it runs, what a failure says.
@Simulated(
        hosts = {"client", "server"},
        link = "delay=1ms loss=10%",
        seed = 40)
class SimulatedTest {
    private static final List<Long> SEEDS = new ArrayList<>();

    @Test
    void hostsAndTheLinkAreInjected(Simulation net, @Named("server") SimHost one, SimHost client, SimLink link) {
        assertSame(net.findHost("server"), one);
        assertNotSame(one, client);
        assertEquals("client-server", link.name());
        assertEquals("delay=1ms loss=10%", link.shapeFrom(client).toString());
        assertEquals(40, net.seed());
        SimulationTest.transfer(client, one, 80, SimulationTest.bytes(20_000, net.seed()));
    }

    @Test
    @Simulated(hosts = {"a", "b", "c"})
    void theMethodsAnnotationGoesBeforeTheClasss(Simulation net, SimSwitch lan, @Named("c-lan") SimLink third) {
        assertEquals(3, net.hosts().size());
        assertEquals("lan", lan.name());
        assertSame(net.links().get(2), third);
    }

    @EachSeed(3)
    void everySeedHasANetworkOfItsOwn(Simulation net) {
        assertEquals(0, net.frames());
        SEEDS.add(net.seed());
    }

    @AfterAll
    static void allSeedsRan() {
        if (!SEEDS.isEmpty() && System.getProperty("netstack.seed") == null) {
            assertEquals(List.of(40L, 41L, 42L), SEEDS);
        }
    }

    // ---- what failures say

    @Disabled("fails on purpose; the tests below run it")
    @Simulated(seed = 99)
    static class Failing {
        @EachSeed(2)
        void laterSeed(Simulation net) {
            assertTrue(net.seed() != 100, "does not like 100");
        }

        @Test
        void fails() {
            assertEquals(1, 2);
        }

        @Test
        void failsLater(Simulation net, SimHost a) {
            a.run("broken", () -> {
                throw new java.io.IOException("disk full");
            });
            net.sleep(SECOND);
        }
    }

    private static List<String> failures(String method, String parameters) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(Failing.class.getName() + "#" + method + "(" + parameters + ")"))
                .configurationParameter("junit.jupiter.conditions.deactivate", "*")
                .build();
        List<String> said = new ArrayList<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(t -> said.add(t.getMessage()));
            }
        });
        return said;
    }

    private static String replay(String method, int seed) {
        return "replay: mvn test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=" + Failing.class.getName() + "#"
                + method + " -Dnetstack.seed=" + seed;
    }

    @Test
    void aFailureTellsTheSeedAndTheCommand() {
        List<String> said = failures("fails", "");
        assertEquals(1, said.size(), said::toString);
        assertTrue(said.get(0).contains("expected: <1> but was: <2>"), said.get(0));
        assertTrue(said.get(0).contains("seed 99") && said.get(0).contains(replay("fails", 99)), said.get(0));
    }

    @Test
    void aFailureOfAnApplicationFailsTheTest() {
        List<String> said = failures("failsLater", Simulation.class.getName() + "," + SimHost.class.getName());
        assertEquals(1, said.size(), said::toString);
        assertTrue(said.get(0).contains("a/broken") && said.get(0).contains("disk full"), said.get(0));
        assertTrue(said.get(0).contains(replay("failsLater", 99)), said.get(0));
    }

    @Test
    void ofManySeedsTheOneThatFailsIsTold() {
        List<String> said = failures("laterSeed", Simulation.class.getName());
        assertEquals(1, said.size(), said::toString);
        assertTrue(said.get(0).contains(replay("laterSeed", 100)), said.get(0));
    }

    @Test
    void theSeedOfTheCommandTakesThePlaceOfThoseThatAreWritten() {
        System.setProperty("netstack.seed", "100");
        try {
            assertEquals(1, failures("laterSeed", Simulation.class.getName()).size());
            System.setProperty("netstack.seed", "5");
            assertEquals(List.of(), failures("laterSeed", Simulation.class.getName()));
        } finally {
            System.clearProperty("netstack.seed");
        }
    }
}

package dev.netstack4j.systemtests.exploration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.systemtests.mechanism.RowRunner;
import dev.netstack4j.systemtests.support.MutantJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Races planted in core: each scenario finds its own, and shortens the schedule that shows it.
class PlantedBugsTest {
    private static final int MOST_CHOICES = 8;
    private static final String NET = "core/src/main/java/dev/netstack4j/core/net/";
    private static final String SOCKET = "core/src/main/java/dev/netstack4j/core/socket/";
    private static final Pattern REPORT =
            Pattern.compile("fails under schedule (\\d+) of seed 1, shortened from (\\d+) to (\\d+) choices.*");

    /// @param name what is wrong
    /// @param test the scenario that finds it
    /// @param file the source
    /// @param find what stands there once
    /// @param with what the bug is
    record Bug(String name, String test, String file, String find, String with) {
        String source() throws IOException {
            String source = Files.readString(root().resolve(file));
            int first = source.indexOf(find);
            if (first < 0 || source.indexOf(find, first + 1) >= 0) {
                throw new IllegalStateException(name + ": '" + find + "' must stand exactly once in " + file);
            }
            return source.replace(find, with);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Path root() {
        return Path.of(System.getProperty("basedir", "system-tests"))
                .toAbsolutePath()
                .getParent();
    }

    static Stream<Bug> bugs() {
        return Stream.of(
                new Bug(
                        "a packet joins those that wait after the neighbour's lock was given back",
                        "NeighbourRacesTest#noPacketWaitsForANeighbourThatIsKnown",
                        NET + "neighbour/NeighbourEntry.java",
                        """
                                    waiting.add(skb, cache.settings(), pushedOut);
                                }
                                lock.unlock();
                        """,
                        """
                                }
                                lock.unlock();
                                if (!usable) {
                                    waiting.add(skb, cache.settings(), pushedOut);
                                }
                        """),
                new Bug(
                        "a qdisc counts as scheduled until its run has ended",
                        "QdiscRacesTest#noPacketIsLeftInAQdiscWhoseQueueIsStoppedAndWokenByOthers",
                        NET + "transmit/NetTxAction.java",
                        """
                                    q.releaseSchedule();
                                    q.run(cpu);
                        """,
                        """
                                    q.run(cpu);
                                    q.releaseSchedule();
                        """),
                new Bug(
                        "the runner says that it has gone after it has let others in",
                        "QdiscRacesTest#noPacketIsLeftInAQdiscAndNoneOvertakesAnother",
                        NET + "transmit/AttachedQdisc.java",
                        """
                                        running = false;
                                        lock.unlock();
                                        return;
                        """,
                        """
                                        lock.unlock();
                                        running = false;
                                        return;
                        """),
                new Bug(
                        "who leaves work to an owner does not look whether that one has gone",
                        "OwnershipRacesTest#noDatagramAndNoWakeIsLostWhenASocketsOwnersHandOver",
                        SOCKET + "SockState.java",
                        "if (!ownerWillDoIt && tryOwn(cpu)) {",
                        "if (ownerWillDoIt && tryOwn(cpu)) {"),
                new Bug(
                        "who waits for ownership waits even when it is free again",
                        "OwnershipRacesTest#noDatagramAndNoWakeIsLostWhenASocketsOwnersHandOver",
                        SOCKET + "SocketRuntime.java",
                        "if (state.announceWait()) {",
                        "if (state.announceWait() || cpu != null) {"),
                new Bug(
                        "a reader takes its ticket after it has looked",
                        "OwnershipRacesTest#whoReadsFromASocketThatIsClosedIsTold",
                        SOCKET + "MessageCalls.java",
                        """
                                    long ticket = s.waitQueue().ticket();
                                    int n = receiveStretch(s, m, total > 0);
                        """,
                        """
                                    int n = receiveStretch(s, m, total > 0);
                                    long ticket = s.waitQueue().ticket();
                        """));
    }

    @Test
    void everyBugStillFindsItsPlace() {
        bugs().forEach(b -> {
            try {
                assertTrue(!b.source().isEmpty());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Tag("nightly")
    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void theScenarioFindsItAndShortensTheSchedule(Bug bug, @TempDir Path folder) throws Exception {
        MutantJvm jvm = new MutantJvm(root(), folder);
        jvm.compile(root().resolve(bug.file), bug.source(), bug.name);
        int status = jvm.run(
                List.of("-Dnetstack4j.schedules=3000"),
                RowRunner.class,
                List.of(getClass().getPackageName() + "." + bug.test));
        Matcher report = REPORT.matcher(jvm.output());
        assertEquals(1, status, jvm::toString);
        assertTrue(report.find(), jvm.output());
        System.out.println("exploration: " + bug + ": " + report.group());
        int choices = Integer.parseInt(report.group(3));
        assertTrue(choices >= 1 && choices <= MOST_CHOICES, report.group());
    }
}

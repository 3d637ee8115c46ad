package dev.netstack4j.systemtests.startkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.cli.start.StartKit;
import dev.netstack4j.systemtests.assembly.ProjectJars;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/// A new extension passes its kit and the architecture rules before its author has written a line.
class StartKitTest {
    @TempDir
    private Path work;

    @ParameterizedTest
    @ValueSource(strings = {"qdisc", "nic", "protocol"})
    void aNewExtensionCompilesAndPassesItsKit(String kind) throws Exception {
        Path folder = work.resolve("new");
        new StartKit(kind, "two-words", "org.example").writeTo(folder);
        NewProject project = new NewProject(folder);
        project.compile(new ProjectJars(Files.createDirectories(work.resolve("jars"))));
        TestExecutionSummary ran = project.test();
        assertEquals(0, ran.getTestsFailedCount(), () -> failures(ran));
        assertTrue(ran.getTestsSucceededCount() > 20, "only " + ran.getTestsSucceededCount() + " tests passed");
    }

    @Test
    void whatTheGuideMakesOfTheStartKitPassesTheSameKit() throws Exception {
        Path folder = work.resolve("red");
        new StartKit("qdisc", "red", "com.example").writeTo(folder);
        NewProject project = new NewProject(folder);
        project.overlay(Guides.folder("qdisc-red"));
        project.compile(new ProjectJars(Files.createDirectories(work.resolve("jars"))));
        TestExecutionSummary ran = project.test();
        assertEquals(0, ran.getTestsFailedCount(), () -> failures(ran));
        assertTrue(ran.getTestsSucceededCount() > 25, "only " + ran.getTestsSucceededCount() + " tests passed");
    }

    private static String failures(TestExecutionSummary ran) {
        StringWriter s = new StringWriter();
        ran.printFailuresTo(new PrintWriter(s));
        return s.toString();
    }
}

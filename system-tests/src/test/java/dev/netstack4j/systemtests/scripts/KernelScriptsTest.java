package dev.netstack4j.systemtests.scripts;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.netstack4j.testkit.requires.Requirement;
import dev.netstack4j.testkit.requires.Requires;
import dev.netstack4j.testkit.script.Mutants;
import dev.netstack4j.testkit.script.Script;
import dev.netstack4j.testkit.script.ScriptFailure;
import dev.netstack4j.testkit.script.ScriptRunner;
import dev.netstack4j.testkit.script.linux.LinuxTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What the scripts say of Linux is true: they are played against the kernel of this machine, several at a time, each
/// in a network namespace of its own. It is the kernel that is tested here, or rather the scripts.
@Requires(
        value = {Requirement.TAP, Requirement.NETWORK_NAMESPACE},
        programs = "ip")
class KernelScriptsTest {
    private static final long LONG = 6_000_000_000L;
    private static final int AT_ONCE = 10;
    private static final int WRONG = 5;
    private static final int LEAST = 390;

    @TestFactory
    Stream<DynamicTest> shortScripts() {
        List<Path> scripts = Scripts.all().stream().filter(p -> !isLong(p)).toList();
        List<DynamicTest> tests = play(scripts);
        assertTrue(tests.size() >= LEAST, "only " + tests.size() + " scripts are for the kernel");
        return tests.stream();
    }

    @TestFactory
    @Tag("nightly")
    Stream<DynamicTest> longScripts() {
        return play(Scripts.all().stream().filter(KernelScriptsTest::isLong).toList()).stream();
    }

    @Test
    void aScriptWithOneWrongExpectationFailsOnTheKernelToo() throws Exception {
        int killed = 0;
        for (String name : List.of("tcp/open/passive", "tcp/states/fin-wait-1/data-in-window", "udp/echo")) {
            Script script = Scripts.read(Scripts.folder().resolve(name + Script.SUFFIX));
            for (Script mutant : Mutants.of(script)) {
                assertThrows(ScriptFailure.class, () -> run(mutant), mutant.name());
                killed++;
            }
        }
        assertTrue(killed >= WRONG, "only " + killed + " mutants were run");
    }

    private static boolean isLong(Path p) {
        return Scripts.read(p).duration(LinuxTarget.NAME) > LONG;
    }

    private static List<DynamicTest> play(List<Path> paths) {
        List<DynamicTest> tests = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Path p : paths) {
                Script script = Scripts.read(p);
                if (ScriptRunner.onLinux().skips(script) == null) {
                    Future<?> done = threads.submit(() -> run(script));
                    tests.add(dynamicTest(Scripts.name(p), p.toUri(), () -> outcome(done)));
                }
            }
        }
        return tests;
    }

    private static Void run(Script script) throws Exception {
        ScriptRunner.onLinux().run(script);
        return null;
    }

    private static void outcome(Future<?> done) throws Throwable {
        try {
            done.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }
}

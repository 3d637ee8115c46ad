package dev.netstack4j.testkit.requires;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;

class RequiresTest {
    private static final String ROOT_STATUS = "Name:\tjava\nUid:\t0\t0\t0\t0\nCapEff:\t000001ffffffffff\n";
    private static final String USER_STATUS = "Name:\tjava\nUid:\t1000\t1000\t1000\t1000\nCapEff:\t0000000000000000\n";

    @TempDir
    Path root;

    @BeforeEach
    void linux() throws IOException {
        file("dev/net/tun", "");
        file("proc/self/ns/net", "");
        file("proc/self/status", ROOT_STATUS);
        program("usr/bin/curl");
    }

    @Test
    void runsWhereNothingIsMissing() {
        assertFalse(decide(Everything.class).isDisabled());
    }

    @Test
    void runsWhatAsksForNothing() throws IOException {
        file("proc/self/status", USER_STATUS);
        assertFalse(decide(Nothing.class).isDisabled());
    }

    @Test
    void skipsWithoutRootAndNamesAllThatIsMissing() throws IOException {
        file("proc/self/status", USER_STATUS);
        assertEquals(
                "needs root and TAP (/dev/net/tun and CAP_NET_ADMIN) and network namespaces (Linux and CAP_SYS_ADMIN)",
                reason(Everything.class));
    }

    @Test
    void rootWithoutTheCapabilityHasNoTap() throws IOException {
        file("proc/self/status", ROOT_STATUS.replace("1ffffffffff", "1ffffffefff"));
        assertEquals("needs TAP (/dev/net/tun and CAP_NET_ADMIN)", reason(Everything.class));
    }

    @Test
    void theDeviceFileIsNeededForTap() throws IOException {
        Files.delete(root.resolve("dev/net/tun"));
        assertEquals("needs TAP (/dev/net/tun and CAP_NET_ADMIN)", reason(Everything.class));
    }

    @Test
    void anotherSystemThanLinuxHasNothingOfThis() throws IOException {
        Files.delete(root.resolve("proc/self/status"));
        assertTrue(decide(Everything.class).isDisabled());
    }

    @Test
    void skipsWithoutTheProgram() throws IOException {
        Files.delete(root.resolve("usr/bin/curl"));
        assertEquals("needs the program curl on the PATH", reason(Everything.class));
    }

    @Test
    void aFileThatCannotBeExecutedIsNoProgram() throws IOException {
        Files.setPosixFilePermissions(root.resolve("usr/bin/curl"), PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals("needs the program curl on the PATH", reason(Everything.class));
    }

    @Test
    void failsInsteadWhereNothingMayBeMissing() throws IOException {
        Files.delete(root.resolve("usr/bin/curl"));
        RequiresCondition condition = new RequiresCondition(machine(Map.of("NETSTACK_REQUIRE_ALL", "true")));
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> condition.evaluate(Everything.class));
        assertEquals(
                "needs the program curl on the PATH, and NETSTACK_REQUIRE_ALL=true allows no skip",
                failure.getMessage());
    }

    @Test
    void aMethodIsAskedForItsOwnNeeds() throws Exception {
        assertEquals(
                "needs the program iperf3 on the PATH",
                new RequiresCondition(machine(Map.of()))
                        .evaluate(Nothing.class.getDeclaredMethod("needsAProgram"))
                        .getReason()
                        .orElseThrow());
    }

    @Test
    void jUnitAsksTheConditionAboutTheAnnotatedElement() throws IOException {
        Files.delete(root.resolve("usr/bin/curl"));
        ExtensionContext context = mock(ExtensionContext.class);
        when(context.getElement()).thenReturn(Optional.of(Everything.class));
        assertEquals(
                RequiresCondition.class,
                Requires.class.getAnnotation(ExtendWith.class).value()[0]);
        assertTrue(new RequiresCondition(machine(Map.of()))
                .evaluateExecutionCondition(context)
                .isDisabled());
    }

    private ConditionEvaluationResult decide(Class<?> test) {
        return new RequiresCondition(machine(Map.of())).evaluate(test);
    }

    private String reason(Class<?> test) {
        ConditionEvaluationResult result = decide(test);
        assertTrue(result.isDisabled());
        return result.getReason().orElseThrow();
    }

    private Machine machine(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PATH", "sbin::usr/bin");
        return new Machine(root, environment);
    }

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void program(String path) throws IOException {
        file(path, "#!/bin/sh\n");
        Files.setPosixFilePermissions(root.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Requires(
            value = {Requirement.ROOT, Requirement.TAP, Requirement.NETWORK_NAMESPACE},
            programs = "curl")
    private static final class Everything {}

    private static final class Nothing {
        @Requires(programs = "iperf3")
        void needsAProgram() {}
    }
}

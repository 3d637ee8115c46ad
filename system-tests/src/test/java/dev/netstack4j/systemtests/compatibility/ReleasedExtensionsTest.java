package dev.netstack4j.systemtests.compatibility;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.systemtests.assembly.OtherJvm;
import dev.netstack4j.systemtests.assembly.ProjectJars;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The jars of the last release on today's core, in a JVM of their own.
class ReleasedExtensionsTest {
    @TempDir
    private static Path work;

    @Test
    void releasedExtensionsCarryAStreamOnTodaysCore() throws Exception {
        ProjectJars project = new ProjectJars(work);
        List<Path> path = new ArrayList<>(project.coreAlone());
        path.addAll(Released.extensions());
        path.add(project.extension("com.example.app", "", "", "1", "0.1"));
        List<String> said =
                OtherJvm.run(work, "-p", ProjectJars.path(path), "-m", "com.example.app/com.example.app.Transfer");
        String version = Released.folder().getFileName().toString();
        for (String module :
                List.of("nic-e1000", "qdisc-tbf", "proto-arp", "proto-ipv4", "proto-tcp", "bus-emulated")) {
            assertTrue(said.contains("MODULE " + module + " " + version), said::toString);
        }
        assertTrue(said.contains("RECEIVED " + (1 << 20) + " SUM " + sum()), said::toString);
        assertTrue(said.contains("LIVE 0") && said.contains("BALANCED true"), said::toString);
    }

    private static long sum() {
        long sum = 0;
        for (int i = 0; i < 1 << 20; i++) {
            sum += i % 251;
        }
        return sum;
    }
}

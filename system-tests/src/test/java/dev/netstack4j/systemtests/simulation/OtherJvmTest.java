package dev.netstack4j.systemtests.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A seed gives the same trace in JVMs that were started anew, with other numbers of processors, other collectors,
/// other compilers, another language and another zone.
class OtherJvmTest {
    private static final String SEED = "4242";

    private static String hashOf(String seed, String... options) throws IOException, InterruptedException {
        java.util.ArrayList<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ThreeHostsMain.class.getName(), seed));
        Process p = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        p.waitFor(1, TimeUnit.MINUTES);
        assertEquals(0, p.exitValue(), out);
        return out.strip();
    }

    @Test
    void oneSeedGivesOneTraceInEveryJvmAndAnotherSeedAnotherOne() throws Exception {
        String here = ThreeHosts.run(Long.parseLong(SEED)).hash();
        assertEquals(here, hashOf(SEED, "-XX:ActiveProcessorCount=1", "-XX:+UseSerialGC"));
        assertEquals(here, hashOf(SEED, "-XX:ActiveProcessorCount=7", "-XX:+UseG1GC", "-XX:TieredStopAtLevel=1"));
        assertEquals(
                here,
                hashOf(
                        SEED,
                        "-XX:+UseZGC",
                        "-Duser.language=tr",
                        "-Duser.timezone=Asia/Kathmandu",
                        "-Dfile.encoding=UTF-16"));
        assertNotEquals(here, hashOf("4243", "-XX:ActiveProcessorCount=1"));
    }
}

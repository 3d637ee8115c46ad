package dev.netstack4j.wire.tap;

import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.testkit.kit.wire.WireAbility;
import dev.netstack4j.testkit.kit.wire.WireConformance;
import dev.netstack4j.testkit.kit.wire.WireSubject;
import dev.netstack4j.testkit.requires.Requirement;
import dev.netstack4j.testkit.requires.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Two TAPs, joined by a bridge of the kernel that learns nothing, in a namespace of the trial's own.
@Requires(
        value = {Requirement.ROOT, Requirement.TAP, Requirement.NETWORK_NAMESPACE},
        programs = "ip")
class TapConformanceTest extends WireConformance {
    private static final Path NO_IPV6 = Path.of("/proc/sys/net/ipv6/conf/default/disable_ipv6");

    @Override
    protected WireSubject subject() {
        return WireSubject.of(new TapModule(), "tap")
                .ends(Map.of("name", "near"), Map.of("name", "far"))
                .other(Map.of("name", "near2"), Map.of("name", "far2"))
                .can(WireAbility.SHORT_FRAMES)
                .runtime(seed -> joined());
    }

    /// Called by the thread of a trial, before the wires are made.
    private static StackRuntime joined() {
        Namespace.enter();
        try {
            silenceIpv6();
            join("hub", "near", "far");
            join("hub2", "near2", "far2");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return StackFactory.find().realTime();
    }

    /// The kernel's own packets would come between those of the kit.
    private static void silenceIpv6() throws IOException {
        if (Files.exists(NO_IPV6)) {
            Files.writeString(NO_IPV6, "1");
        }
    }

    private static void join(String bridge, String... taps) throws IOException {
        ip("link add " + bridge + " type bridge ageing_time 0 stp_state 0 mcast_snooping 0");
        ip("link set " + bridge + " up");
        for (String tap : taps) {
            ip("tuntap add dev " + tap + " mode tap");
            ip("link set " + tap + " master " + bridge);
            ip("link set " + tap + " up");
        }
    }

    private static void ip(String arguments) throws IOException {
        Process p = new ProcessBuilder(("ip " + arguments).split(" "))
                .redirectErrorStream(true)
                .start();
        String said = new String(p.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (p.waitFor() != 0) {
                throw new IOException("ip " + arguments + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}

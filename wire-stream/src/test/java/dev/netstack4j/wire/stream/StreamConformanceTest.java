package dev.netstack4j.wire.stream;

import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.testkit.kit.wire.WireAbility;
import dev.netstack4j.testkit.kit.wire.WireConformance;
import dev.netstack4j.testkit.kit.wire.WireSubject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/// One end listens on a socket, the other connects to it.
class StreamConformanceTest extends WireConformance {
    @TempDir
    private Path folder;

    @Override
    protected WireSubject subject() {
        return WireSubject.of(new StreamModule(), "stream")
                .ends(listening("a"), connecting("a"))
                .other(listening("b"), connecting("b"))
                .can(WireAbility.LINK_DETECTION, WireAbility.FLOW_CONTROL, WireAbility.SHORT_FRAMES)
                .runtime(seed -> StackFactory.find().realTime());
    }

    private Map<String, String> listening(String name) {
        return Map.of("path", folder.resolve(name).toString(), "listen", "true");
    }

    private Map<String, String> connecting(String name) {
        return Map.of("path", folder.resolve(name).toString());
    }
}

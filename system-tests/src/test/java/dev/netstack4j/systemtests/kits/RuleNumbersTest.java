package dev.netstack4j.systemtests.kits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.netstack4j.testkit.kit.Kit;
import dev.netstack4j.testkit.kit.bus.PciBusKit;
import dev.netstack4j.testkit.kit.congestion.CongestionKit;
import dev.netstack4j.testkit.kit.ethertype.EtherTypeKit;
import dev.netstack4j.testkit.kit.ipprotocol.IpProtocolKit;
import dev.netstack4j.testkit.kit.module.ModuleKit;
import dev.netstack4j.testkit.kit.nic.NicDriverKit;
import dev.netstack4j.testkit.kit.qdisc.QdiscKit;
import dev.netstack4j.testkit.kit.socket.SocketKit;
import dev.netstack4j.testkit.kit.wire.WireKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each rule's number stands in the documentation of `api`, and each number that stands there is judged by a kit.
class RuleNumbersTest {
    private static final Path API = Path.of("..", "api", "src", "main", "java");
    private static final List<Kit<?>> KITS = List.of(
            new CongestionKit(),
            new EtherTypeKit(),
            new IpProtocolKit(),
            new ModuleKit(),
            new QdiscKit(),
            new NicDriverKit(),
            new PciBusKit(),
            new SocketKit(),
            new WireKit());

    private static TreeSet<String> inApi(String prefix) throws IOException {
        Pattern number = Pattern.compile("\\b" + prefix + "-\\d+\\b");
        TreeSet<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(API)) {
            for (Path f : files.filter(p -> p.toString().endsWith(".java")).toList()) {
                Matcher m = number.matcher(Files.readString(f));
                while (m.find()) {
                    found.add(m.group());
                }
            }
        }
        return found;
    }

    @Test
    void theApiNamesEachRuleAndNoOther() throws IOException {
        for (Kit<?> kit : KITS) {
            TreeSet<String> inKit = new TreeSet<>();
            kit.rules().forEach(r -> inKit.add(r.id()));
            assertEquals(inKit, inApi(kit.prefix()), "kit " + kit.prefix());
        }
    }
}

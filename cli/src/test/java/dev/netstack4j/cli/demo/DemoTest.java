package dev.netstack4j.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.cli.args.KindWithOptions;
import dev.netstack4j.cli.args.Nic;
import dev.netstack4j.testkit.requires.Requires;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    private static final KindWithOptions EMULATED = new KindWithOptions(Nic.EMULATED, Map.of());
    private static final long MIB = 1 << 20;
    private static final long TIMEOUT = 1_000_000_000L;

    @TempDir
    Path folder;

    @Test
    void everythingIsVerifiedAndNoPacketIsLost() throws Exception {
        Report r = demo(1, 3 * MIB + 17, Map.of(), null);
        assertTrue(r.verified(), () -> text(r));
        assertEquals("10.0.0.2 is at 02:00:00:00:00:0b", r.neighbour());
        assertEquals(Demo.PINGS, r.ping().sent());
        assertEquals(r.datagrams().wanted(), r.datagrams().sent());
        assertEquals(3 * MIB + 17, r.transfers().getLast().bytes());
    }

    @Test
    void aCableWithLossDelayAndRateIsSlowerButNothingIsWrong() throws Exception {
        Report r = demo(2, MIB, Map.of("loss", "0.02", "delay", "5ms", "rate", "100mbit"), null);
        assertTrue(r.verified(), () -> text(r));
        assertTrue(r.gigabitsPerSecond() < 0.1);
        assertTrue(r.ping().roundTrips().getFirst() >= 10_000_000);
    }

    @Test
    void theReportIsTextOrOneJsonObject() throws Exception {
        Report r = demo(3, 1000, Map.of(), null);
        assertTrue(text(r).contains("everything verified"));
        assertTrue(text(r).contains("balanced"));
        StringWriter json = new StringWriter();
        try (JsonGenerator g = new JsonFactory().createGenerator(json)) {
            g.writeStartObject();
            new JsonReport(g).write(r);
            g.writeEndObject();
        }
        try (JsonParser p = new JsonFactory().createParser(json.toString())) {
            p.nextToken();
            p.skipChildren();
            assertEquals(null, p.nextToken());
        }
        assertTrue(json.toString().startsWith("{\"verified\":true"));
    }

    @Test
    @Requires(programs = "tshark")
    void tsharkFindsNoMalformedFrameInACapture() throws Exception {
        Path file = folder.resolve("demo.pcapng");
        Report r = demo(4, MIB, Map.of(), file);
        long payload = tshark(file, "tcp", "-T", "fields", "-e", "tcp.len")
                .lines()
                .mapToLong(Long::parseLong)
                .sum();
        assertTrue(payload >= 2 * MIB, () -> "only " + payload + " bytes of both transfers are in the capture");
        assertEquals("", tshark(file, "_ws.malformed || tcp.analysis.lost_segment || tcp.analysis.ack_lost_segment"));
        assertEquals(r.captured(), tshark(file, "frame").lines().count());
    }

    private static String tshark(Path file, String filter, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString(), "-Y", filter));
        command.addAll(List.of(more));
        Process p = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(p.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, p.exitValue());
        return out;
    }

    private static Report demo(long seed, long size, Map<String, String> cable, @Nullable Path capture)
            throws Exception {
        VirtualRuntime runtime = StackFactory.find().virtualTime(seed);
        TwoHosts hosts = TwoHosts.assemble(runtime, DemoTest::discover, EMULATED, cable, TwoHosts.Extras.NONE);
        Demo demo = new Demo(hosts, size, size / 10, TIMEOUT, new Progress(new PrintStream(System.err, true), false));
        AtomicReference<Report> report = new AtomicReference<>();
        runtime.start("demo", () -> {
                    try {
                        report.set(demo.run(capture));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .join();
        return report.get();
    }

    private static StackBuilder discover(StackFactory factory) {
        return factory.builder().discover(DemoTest.class.getClassLoader());
    }

    private static String text(Report r) {
        StringWriter s = new StringWriter();
        new TextReport(new PrintWriter(s, true)).print(r);
        return s.toString();
    }
}

package dev.netstack4j.systemtests.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.cli.pcapng.PcapngWriter;
import dev.netstack4j.testkit.requires.Requirement;
import dev.netstack4j.testkit.requires.Requires;
import dev.netstack4j.testkit.script.Script;
import dev.netstack4j.testkit.script.ScriptFailure;
import dev.netstack4j.testkit.script.record.Recorder;
import dev.netstack4j.testkit.simulation.FrameEvent;
import dev.netstack4j.testkit.simulation.FrameFate;
import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Captures become scripts that pass.
class RecorderTest {
    /// A request, an answer and a farewell of two sockets of Linux 6.18 on a loopback with an MTU of 1500, and two
    /// datagrams; each packet cut to 80 bytes.
    private static final String KERNEL = "/captures/kernel-loopback.pcap";

    /// A request, and an answer after it: what crosses on the way would pass in one order and not in another.
    private static final String IN_A_NAMESPACE = """
            trap 'kill $(jobs -p) 2> /dev/null' EXIT
            ip link set lo mtu 1500 up
            tcpdump --immediate-mode -Z root -i lo -U -w %s 2> %s.log > /dev/null & dump=$!
            until grep -q listening %s.log; do sleep 0.05; done
            mkfifo %s.answer; exec 3<> %s.answer
            nc -N -l 127.0.0.1 7000 < %s.answer 3>&- | { head -c 3000 > /dev/null; head -c 4000 /dev/zero >&3; } &
            exec 3>&-
            until ss -ltn | grep -q 7000; do sleep 0.05; done
            head -c 3000 /dev/zero | nc 127.0.0.1 7000 > /dev/null
            sleep 0.3
            kill $dump
            wait
            """;

    @TempDir
    Path folder;

    @Test
    void bothSidesOfAConnectionOfTheKernelPassOnTheStack() throws Exception {
        Path capture = Path.of(RecorderTest.class.getResource(KERNEL).toURI());
        plays(Recorder.of(capture).record());
        plays(Recorder.of(capture).sender().record());
        plays(Recorder.of(capture).port(7001).record());
        plays(Recorder.of(capture).port(7001).sender().record());
    }

    @Test
    void aRecordedScriptFailsWhenSomethingElseHappens() throws Exception {
        Path capture = Path.of(RecorderTest.class.getResource(KERNEL).toURI());
        String wrong = Recorder.of(capture).record().replace("ack 19 <", "ack 18 <");
        Script script = Script.parse("wrong", wrong);
        assertThrows(ScriptFailure.class, () -> Scripts.runner().run(script));
    }

    @Test
    void whatIsNoCaptureOrHasNoBeginningIsSaidInASentence() throws Exception {
        Path nothing = Files.writeString(folder.resolve("nothing"), "hello, this is text");
        assertTrue(assertThrows(IOException.class, () -> Recorder.of(nothing).record())
                .getMessage()
                .contains("neither pcap nor pcapng"));
        Path capture = Path.of(RecorderTest.class.getResource(KERNEL).toURI());
        assertThrows(
                IllegalArgumentException.class,
                () -> Recorder.of(capture).port(9).record());
    }

    @Test
    void aCaptureOfTheStackPassesOnTheStack() throws Exception {
        for (int seed = 1; seed <= 12; seed++) {
            Path capture = folder.resolve("stack" + seed + ".pcapng");
            capture(capture, seed, seed <= 4 ? "rate=10mbit delay=5ms" : "rate=10mbit delay=20ms loss=3%");
            plays(Recorder.of(capture).record());
        }
    }

    /// What the server's card sees of a transfer both ways.
    private static void capture(Path file, int seed, String shape) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                PcapngWriter writer = new PcapngWriter(out, "eth0");
                Simulation net = Simulation.withSeed(seed)) {
            SimHost server = net.host("server");
            SimHost client = net.host("client");
            net.link(client, server).shape(shape);
            net.observe(e -> write(e, writer));
            server.run("server", () -> {
                try (StreamServer l = StreamServer.listen(server.sockets(), server.at(80), 1);
                        StreamSocket s = l.accept()) {
                    byte[] request = s.input().readNBytes(3000);
                    s.output().write(new byte[12_000]);
                    assertEquals(3000, request.length);
                }
            });
            client.run("client", () -> {
                net.sleep(Simulation.MILLISECOND);
                try (StreamSocket s = StreamSocket.connect(client.sockets(), server.at(80))) {
                    s.output().write(new byte[3000]);
                    assertEquals(12_000, s.input().readAllBytes().length);
                }
            });
            net.join();
        }
    }

    private static void write(FrameEvent e, PcapngWriter writer) {
        boolean sent = e.from().equals("server") && e.fate() == FrameFate.SENT;
        boolean arrived = e.to().equals("server") && e.fate() == FrameFate.ARRIVED;
        if (sent || arrived) {
            try {
                writer.beginPacket(e.nanos(), e.bytes().length, e.bytes().length)
                        .put(e.bytes());
                writer.endPacket(PcapngWriter.Direction.OUTBOUND);
            } catch (IOException x) {
                throw new UncheckedIOException(x);
            }
        }
    }

    @Test
    @Requires(
            value = {Requirement.ROOT, Requirement.NETWORK_NAMESPACE},
            programs = {"unshare", "tcpdump", "nc", "ss", "ip"})
    void aConnectionOfTheKernelThatIsCapturedNowPasses() throws Exception {
        Path capture = folder.resolve("now.pcap");
        String script = IN_A_NAMESPACE.replace("%s", capture.toString());
        Process p = new ProcessBuilder("unshare", "-n", "bash", "-ec", script)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            assertTrue(p.waitFor(20, TimeUnit.SECONDS), "the capture was not made in time");
        } finally {
            p.descendants().forEach(ProcessHandle::destroyForcibly);
            p.destroyForcibly();
        }
        plays(Recorder.of(capture).port(7000).record());
        plays(Recorder.of(capture).port(7000).sender().record());
    }

    private static void plays(String script) throws Exception {
        try {
            Scripts.runner().run(Script.parse("recorded", script));
        } catch (ScriptFailure f) {
            throw new AssertionError(f.getMessage() + System.lineSeparator() + script, f);
        }
    }
}

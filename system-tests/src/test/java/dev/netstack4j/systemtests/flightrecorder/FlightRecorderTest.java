package dev.netstack4j.systemtests.flightrecorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.SimLink;
import dev.netstack4j.testkit.simulation.Simulation;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A recording of a transfer over a lossy path that is cut for a while tells what TCP did about it.
class FlightRecorderTest {
    private static final int PORT = 7411; // other tests may run while it records
    private static final int BYTES = 2 << 20;
    private static final long CUT_AT = 200 * Simulation.MILLISECOND;
    private static final long HEALED_AT = 3 * Simulation.SECOND;

    @TempDir
    Path folder;

    @Test
    void aLossyTransferIsRecorded() throws Exception {
        Path file = folder.resolve("transfer.jfr");
        long retransmitted;
        long timeouts;
        try (Recording recording = new Recording();
                Simulation net = Simulation.withSeed(5)) {
            recording.start();
            SimHost client = net.host("client");
            SimHost server = net.host("server");
            transfer(net, client, server);
            retransmitted = counter(client, "Tcp.RetransSegs");
            timeouts = counter(client, "TcpExt.TCPTimeouts");
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(e -> e.getEventType().getName().startsWith("netstack4j."))
                .filter(e -> e.getString("remote").endsWith(":" + PORT))
                .sorted(Comparator.comparingLong(e -> e.getLong("stackNanos"))) // threads have buffers of their own
                .toList();
        states(events);
        retransmissions(events, retransmitted);
        timeouts(events, timeouts);
        reductions(events);
    }

    private static void transfer(Simulation net, SimHost client, SimHost server) {
        SimLink link = net.link(client, server).shape("rate=20mbit delay=10ms loss=2%");
        net.at(CUT_AT, link::cut);
        net.at(HEALED_AT, link::heal);
        server.run("reads", () -> {
            try (StreamServer listener = StreamServer.listen(server.sockets(), server.at(PORT), 1);
                    StreamSocket s = listener.accept()) {
                assertEquals(BYTES, s.input().readAllBytes().length);
            }
        });
        client.run("writes", () -> {
            try (StreamSocket s = StreamSocket.connect(client.sockets(), server.at(PORT))) {
                s.output().write(new byte[BYTES]);
            }
        });
        net.join();
        net.advance(5 * Simulation.SECOND); // the end of the connection
    }

    private static long counter(SimHost host, String name) {
        return host.stack().service(Counters.class).value(name);
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(e -> e.getEventType().getName().equals("netstack4j." + name))
                .toList();
    }

    private static void states(List<RecordedEvent> events) {
        List<RecordedEvent> changes = of(events, "TcpStateChange");
        assertEquals(
                List.of("CLOSED>SYN_SENT", "SYN_SENT>ESTABLISHED", "ESTABLISHED>FIN_WAIT1", "FIN_WAIT1>FIN_WAIT2"),
                changes.stream()
                        .map(e -> e.getString("from") + ">" + e.getString("to"))
                        .limit(4)
                        .toList());
        assertEquals("CLOSED", changes.getLast().getString("to"));
        assertEquals(0, changes.getFirst().getLong("stackNanos"), "virtual time");
    }

    private static void retransmissions(List<RecordedEvent> events, long counted) {
        List<RecordedEvent> all = of(events, "TcpRetransmit");
        assertEquals(counted, all.stream().mapToLong(e -> e.getInt("segments")).sum());
        RecordedEvent repair = all.stream()
                .filter(e -> e.getString("phase").equals("RECOVERY"))
                .findFirst()
                .orElseThrow();
        assertTrue(repair.getLong("sequence") > 0 && repair.getLong("sequence") < BYTES, repair.toString());
        assertTrue(repair.getInt("bytes") > 0 && repair.getInt("window") > 0, repair.toString());
        assertTrue(repair.getLong("stackNanos") < CUT_AT, "the recorder's time is another one");
    }

    private static void timeouts(List<RecordedEvent> events, long counted) {
        List<RecordedEvent> all = of(events, "TcpRetransmissionTimeout");
        assertEquals(counted, all.size());
        assertTrue(all.size() >= 3, "a cut of 2.8 s");
        RecordedEvent first = all.getFirst();
        RecordedEvent second = all.get(1);
        assertEquals(0, first.getInt("inRow"));
        assertEquals(1, second.getInt("inRow"));
        assertTrue(second.getDuration("timeout").compareTo(first.getDuration("timeout")) > 0, "it backs off");
        assertTrue(first.getInt("unacknowledged") > 0);
        assertTrue(first.getDuration("roundTrip").toMillis() >= 20, first.toString());
    }

    private static void reductions(List<RecordedEvent> events) {
        List<RecordedEvent> all = of(events, "TcpWindowReduction");
        List<String> causes = all.stream().map(e -> e.getString("cause")).toList();
        assertTrue(causes.contains("RECOVERY") && causes.contains("LOSS"), causes.toString());
        for (RecordedEvent e : all) {
            assertEquals("cubic", e.getString("algorithm"));
            assertTrue(e.getInt("threshold") <= e.getInt("before"), e.toString());
        }
        assertFalse(all.isEmpty());
    }
}

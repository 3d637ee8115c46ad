package dev.netstack4j.systemtests.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.testkit.script.Script;
import dev.netstack4j.testkit.script.ScriptFailure;
import dev.netstack4j.testkit.script.ScriptRunner;
import dev.netstack4j.testkit.simulation.SimApp;
import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.SimLink;
import dev.netstack4j.testkit.simulation.SimPeer;
import dev.netstack4j.testkit.simulation.SimSwitch;
import dev.netstack4j.testkit.simulation.Simulation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Scripts are played on a host of a simulation, beside other hosts that talk with it.
class ScriptsInSimulationTest {
    private static final int BYTES = 200_000;

    @Test
    void aScriptPlaysWhileAnotherHostTransfersAFileOverALinkThatLoses() throws Exception {
        try (Simulation net = Simulation.withSeed(11)) {
            SimHost server = net.host("server");
            SimHost client = net.host("client");
            SimPeer peer = net.peer("peer");
            net.link(server, peer);
            SimLink lossy = net.link(client, server).shape("rate=10mbit delay=20ms loss=2%");
            InetSockAddress at = InetSockAddress.of(server.address(lossy), 9000);
            SimApp reader = server.run("reader", () -> {
                try (StreamServer l = StreamServer.listen(server.sockets(), at, 1);
                        StreamSocket s = l.accept()) {
                    assertEquals(BYTES, s.input().readAllBytes().length);
                }
            });
            client.run("writer", () -> {
                try (StreamSocket s = StreamSocket.connect(client.sockets(), at)) {
                    s.output().write(new byte[BYTES]);
                }
            });
            ScriptRunner.in(server, peer).run(script("tcp/loss/rto-backoff"));
            ScriptRunner.in(server, peer).run(script("udp/echo"));
            net.join();
            assertTrue(reader.isDone());
        }
    }

    @Test
    void behindASwitchThePeerIsOneOfMany() throws Exception {
        try (Simulation net = Simulation.withSeed(12)) {
            SimHost server = net.host("server");
            SimHost other = net.host("other");
            SimPeer peer = net.peer("peer");
            SimSwitch lan = net.addSwitch("lan");
            net.link(server, lan);
            net.link(peer, lan);
            net.link(other, lan);
            other.run("sender", () -> {
                int fd = other.sockets().socket(2, SocketType.DGRAM, IpProtocol.UDP);
                for (int i = 0; i < 20; i++) {
                    Message m = new Message().bytes(new byte[10], 0, 10).to(server.at(4000 + i));
                    other.sockets().sendmsg(fd, m);
                    net.sleep(50 * Simulation.MILLISECOND);
                }
                other.sockets().close(fd);
            });
            ScriptRunner.in(server, peer).run(script("tcp/close/passive"));
            ScriptRunner.in(server, peer).run(script("icmp/echo"));
            net.join();
        }
    }

    @Test
    void aWrongExpectationFailsHereToo() throws Exception {
        try (Simulation net = Simulation.withSeed(13)) {
            SimHost host = net.host("host");
            SimPeer peer = net.peer("peer");
            net.link(host, peer);
            Script wrong = Script.parse(
                    "wrong", "+0 in icmp echo id 1 seq 1" + System.lineSeparator() + "+0 out icmp reply id 1 seq 2");
            ScriptFailure f = assertThrows(
                    ScriptFailure.class, () -> ScriptRunner.in(host, peer).run(wrong));
            assertEquals(2, f.line());
        }
    }

    @Test
    void everyTenthScriptPlaysOnAFreshHost() {
        everyOnAFreshHost(10);
    }

    @Test
    @Tag("nightly")
    void everyScriptPlaysOnAFreshHost() {
        everyOnAFreshHost(1);
    }

    private static void everyOnAFreshHost(int step) {
        List<String> failed = new ArrayList<>();
        List<Path> all = Scripts.all();
        for (int i = 0; i < all.size(); i += step) {
            Path p = all.get(i);
            if (Scripts.name(p).startsWith("tcp/pacing/")) {
                continue; // the card of a simulated host takes super-frames, which leave at once
            }
            try (Simulation net = Simulation.withSeed(14)) {
                SimHost host = net.host("host");
                SimPeer peer = net.peer("peer");
                net.link(host, peer);
                ScriptRunner.in(host, peer).run(Scripts.read(p));
            } catch (AssertionError | Exception e) {
                failed.add(Scripts.name(p) + ": " + e.getMessage());
            }
        }
        assertEquals(List.of(), failed);
    }

    private static Script script(String name) {
        return Scripts.read(Scripts.folder().resolve(name + Script.SUFFIX));
    }
}

package dev.netstack4j.cli.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Sessions are processes, connections are threads.
class SessionTest {
    private final Bench bench;
    private final Client client;

    SessionTest() throws Exception {
        bench = Bench.virtual();
        client = bench.client;
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    @Test
    void descriptorsBeginAtThreeAndTheLowestFreeOneIsNext() {
        assertEquals(3, bench.tcp());
        assertEquals(4, bench.udp());
        assertEquals(5, client.ok("epoll_create"));
        client.ok("close", "fd", 4);
        client.ok("close", "fd", 3);
        assertEquals(3, bench.udp());
        assertEquals(4, bench.udp());
        assertEquals(6, bench.udp());
        client.ok("close", "fd", 5);
        assertEquals(5, bench.udp());
        client.fails("EBADF", "close", "fd", 99);
        client.fails("EBADF", "close", "fd", -1);
    }

    @Test
    void connectionsOfOneNameShareDescriptorsAndOthersDoNot() {
        int fd = bench.udp();
        Client sibling = bench.join("main");
        Client stranger = bench.join("other");
        sibling.ok("bind", "fd", fd, "ip", "127.0.0.1", "port", 900);
        stranger.fails("EBADF", "getsockname", "fd", fd);
        assertEquals(3, stranger.ok("socket", "domain", 2, "type", 2));
        assertEquals(900L, client.call("getsockname", "fd", fd).get("port"));
    }

    @Test
    void theLastConnectionTakesTheDescriptorsAlong() {
        Client one = bench.join("short");
        Client two = bench.join("short");
        int fd = one.ok("socket", "domain", 2, "type", 2);
        one.ok("bind", "fd", fd, "ip", "127.0.0.1", "port", 901);
        one.ok("bye");
        assertEquals(901L, two.call("getsockname", "fd", fd).get("port"), "the session lives");
        int mine = bench.udp();
        client.fails("EADDRINUSE", "bind", "fd", mine, "ip", "127.0.0.1", "port", 901);
        two.close();
        awaitFree(mine, 901);
    }

    /// The server notices by itself that a client is gone; until then the port is in use.
    private void awaitFree(int fd, int port) {
        Map<String, Object> bound = Map.of();
        for (int i = 0; i < 100_000 && bound.get("ret") == null; i++) {
            bound = client.call("bind", "fd", fd, "ip", "127.0.0.1", "port", port);
        }
        assertEquals(0L, bound.get("ret"), bound::toString);
    }

    @Test
    void aClientThatVanishesInACallIsCleanedUp() {
        Client victim = bench.join("victim");
        int fd = victim.ok("socket", "domain", 2, "type", 2);
        victim.ok("bind", "fd", fd, "ip", "127.0.0.1", "port", 902);
        victim.blocks("recvmsg", "fd", fd, "len", 10, "notify", true);
        victim.close();
        awaitFree(bench.udp(), 902);
    }

    /// The answers are never read: what was sent ahead does not hide the end of the connection.
    @Test
    void aClientThatHasSentAThousandRequestsAheadAndVanishesIsCleanedUp() {
        Client other = bench.join("other");
        int fd = other.ok("socket", "domain", 2, "type", 2, "protocol", 0);
        other.ok("bind", "fd", fd, "ip", "127.0.0.1", "port", 2000);
        other.blocks("recvmsg", "fd", fd, "len", 10, "notify", true);
        for (int i = 0; i < 1000; i++) {
            other.send("clock.now", "id", i);
        }
        other.close();
        awaitFree(bench.udp(), 2000);
    }

    @Test
    void hundredsOfSessionsComeAndGoAndMoreThanTheServerBearsAreTurnedAway() throws Exception {
        List<Client> many = new ArrayList<>();
        for (int i = 1; i < ControlServer.MOST_CONNECTIONS; i++) {
            Client c = bench.join("session " + i);
            many.add(c);
            assertEquals(3, c.ok("socket", "domain", 2, "type", 2, "protocol", 0));
        }
        try (Client refused = new Client(bench.server.localAddress())) {
            assertNull(refused.line());
        }
        many.forEach(Client::close);
        for (int tries = 0; bench.server.connections() > 1 && tries < 100_000; tries++) {
            bench.client.ok("clock.now");
        }
        assertEquals(1, bench.server.connections());
        assertEquals(3, bench.join("one more").ok("socket", "domain", 2, "type", 2, "protocol", 0));
    }

    @Test
    void aCallOfAClosedConnectionIsAbandonedAndTheDescriptorLives() {
        int fd = bench.udp();
        client.ok("bind", "fd", fd, "ip", "127.0.0.1", "port", 903);
        Client other = bench.join("main");
        other.blocks("recvmsg", "fd", fd, "len", 10, "notify", true);
        other.close();
        int from = bench.udp();
        boolean mine = false;
        for (int i = 0; i < 100_000 && !mine; i++) {
            client.ok("sendmsg", "fd", from, "ip", "127.0.0.1", "port", 903, "text", "x");
            mine = client.call("recvmsg", "fd", fd, "len", 10, "flags", "MSG_DONTWAIT")
                            .get("ret")
                    != null;
        }
        assertEquals(true, mine, "nobody else reads any more");
    }

    @Test
    void anInterruptEndsACallWithEintr() {
        int fd = bench.udp();
        Client other = bench.join("main");
        other.blocks("recvmsg", "fd", fd, "len", 10, "notify", true, "id", 8);
        assertEquals(0, client.ok("interrupt", "conn", other.connection));
        Map<String, Object> reply = other.receive();
        assertEquals("EINTR", reply.get("err"));
        assertEquals(8L, reply.get("id"));
        client.ok("interrupt", "conn", other.connection);
        assertEquals(0, other.ok("clock.now"), "an interrupt of nobody is forgotten");
        client.fails("EINVAL", "interrupt", "conn", 4711);
        Client stranger = bench.join("stranger");
        client.fails("EINVAL", "interrupt", "conn", stranger.connection);
    }

    @Test
    void closingADescriptorEndsTheCallThatWaitsOnIt() {
        int fd = bench.listener(904);
        Client other = bench.join("main");
        other.blocks("accept", "fd", fd, "notify", true);
        client.ok("close", "fd", fd);
        assertEquals("EBADF", other.receive().get("err"));
        assertEquals(fd, bench.tcp(), "the number is free again");
    }

    @Test
    void aResetTakesEverySocketOfEverySessionAlong() {
        int fd = bench.udp();
        Client other = bench.join("other");
        int its = other.ok("socket", "domain", 2, "type", 2);
        other.blocks("recvmsg", "fd", its, "len", 10, "notify", true);
        client.ok("sysctl.set", "name", "net.ipv4.tcp_timestamps", "value", 0);
        client.ok("clock.advance", "by", 1_000);
        Map<String, Object> reset = client.call("reset", "seed", 9);
        assertEquals(0L, reset.get("ret"), reset::toString);
        assertEquals(0L, reset.get("t"));
        assertEquals("EBADF", other.receive().get("err"));
        client.fails("EBADF", "close", "fd", fd);
        other.fails("EBADF", "close", "fd", its);
        assertEquals(
                1L, client.call("sysctl.get", "name", "net.ipv4.tcp_timestamps").get("value"));
        assertEquals(3, bench.udp());
    }

    @Test
    void theTableOfASessionHasAnEnd() {
        for (int fd = 3; fd < 1024; fd++) {
            assertEquals(fd, bench.udp());
        }
        client.fails("EMFILE", "socket", "domain", 2, "type", 2);
        client.fails("EMFILE", "fcntl", "fd", 3, "cmd", "F_DUPFD", "arg", 0);
        client.fails("EMFILE", "epoll_create");
        assertEquals(3, bench.join("other").ok("socket", "domain", 2, "type", 2));
    }
}

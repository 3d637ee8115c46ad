package dev.netstack4j.cli.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.cli.control.link.LinkSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The same ops where time goes by itself.
class RealClockTest {
    private final Bench bench;
    private final Client client;

    RealClockTest() throws Exception {
        bench = Bench.real(LinkSettings.ip("tun0"));
        client = bench.client;
        client.ok("addr.add", "prefix", "192.0.2.1/24", "dev", "tun0");
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    @Test
    void aCallThatWaitsSaysSoAndEndsWithWhatItWaitedFor() {
        int fd = bench.udp();
        client.ok("bind", "fd", fd, "ip", "127.0.0.1", "port", 53);
        Client other = bench.join("main");
        other.blocks("recvmsg", "fd", fd, "len", 10, "notify", true, "id", 1);
        client.ok("sendmsg", "fd", bench.udp(), "ip", "127.0.0.1", "port", 53, "text", "x");
        Map<String, Object> reply = other.receive();
        assertEquals("78", reply.get("data"));
        assertNull(reply.get("t"), "only a virtual clock is told");
    }

    @Test
    void aCallThatNeedNotWaitSaysNothing() {
        int fd = bench.udp();
        client.ok("bind", "fd", fd, "ip", "127.0.0.1", "port", 53);
        client.ok("sendmsg", "fd", fd, "ip", "127.0.0.1", "port", 53, "text", "x", "notify", true);
        assertEquals(
                "78",
                client.call("recvmsg", "fd", fd, "len", 10, "notify", true).get("data"));
    }

    @Test
    void closingInterruptingAndVanishingEndCalls() {
        int fd = bench.tcp();
        client.ok("bind", "fd", fd, "ip", "127.0.0.1", "port", 80);
        client.ok("listen", "fd", fd, "backlog", 1);
        Client other = bench.join("main");
        other.blocks("accept", "fd", fd, "notify", true);
        client.ok("interrupt", "conn", other.connection);
        assertEquals("EINTR", other.receive().get("err"));
        other.blocks("accept", "fd", fd, "notify", true);
        client.ok("close", "fd", fd);
        assertEquals("EBADF", other.receive().get("err"));
        other.blocks("poll", "fds", List.of(), "timeout", -1, "notify", true);
        other.close();
        for (int i = 0; i < 1_000_000 && bench.server.connections() > 1; i++) {
            client.ok("clock.now");
        }
        assertEquals(1, bench.server.connections());
    }

    @Test
    void framesAreWaitedForStampedAndAnswered() {
        client.fails("ETIMEDOUT", "net.recv", "until", 5);
        Client other = bench.join("main");
        other.blocks("net.recv", "notify", true);
        client.ok("interrupt", "conn", other.connection);
        assertEquals("EINTR", other.receive().get("err"));
        other.blocks("net.recv", "until", 60_000, "notify", true);
        client.ok("sendmsg", "fd", bench.udp(), "ip", "192.0.2.9", "port", 9, "text", "x");
        Map<String, Object> frame = other.receive();
        assertTrue(((String) frame.get("packet")).startsWith("45"), frame::toString);
        long age = (Long) client.call("clock.now").get("now") - (Long) frame.get("time");
        assertTrue(age >= 0 && age < 60 * Bench.SECOND, "stamped with the date, " + age + " ns ago");
        client.ok("net.send", "packet", Segments.make(1, 2, 3, 4, Segments.SYN, ""));
        Map<String, Object> refusal = client.call("net.recv", "until", 60_000);
        assertEquals(
                Segments.RST | Segments.ACK,
                Segments.parse(refusal.get("packet")).flags());
    }

    @Test
    void aRealClockCannotBeMovedOrSeeded() {
        client.fails("EOPNOTSUPP", "clock.advance", "by", 1);
        client.fails("EOPNOTSUPP", "clock.next");
        client.fails("EOPNOTSUPP", "reset", "seed", 1);
    }

    @Test
    void aResetEndsTheCallsOfOthers() {
        int fd = bench.udp();
        Client reader = bench.join("main");
        reader.blocks("recvmsg", "fd", fd, "len", 1, "notify", true);
        Client watcher = bench.join("other");
        watcher.blocks("net.recv", "notify", true);
        client.ok("reset");
        assertEquals("EBADF", reader.receive().get("err"));
        assertEquals("EINTR", watcher.receive().get("err"));
        assertEquals(3, bench.tcp());
    }
}

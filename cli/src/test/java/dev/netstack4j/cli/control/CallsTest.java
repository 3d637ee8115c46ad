package dev.netstack4j.cli.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Every op on sockets, over the loopback device in virtual time.
class CallsTest {
    private static final String HELLO = "68656c6c6f";

    private final Bench bench;
    private final Client client;

    CallsTest() throws Exception {
        bench = Bench.virtual();
        client = bench.client;
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    @Test
    void aConnectionIsMadeUsedAndEnded() {
        int listener = bench.listener(80);
        int a = bench.tcp();
        client.ok("connect", "fd", a, "family", "AF_INET", "ip", "127.0.0.1", "port", 80);
        Map<String, Object> accepted = client.call("accept", "fd", listener, "flags", "SOCK_NONBLOCK|SOCK_CLOEXEC");
        int b = Client.okReply(accepted);
        assertEquals(client.call("getsockname", "fd", a).get("port"), accepted.get("port"));
        assertEquals("127.0.0.1", accepted.get("ip"));
        assertEquals(2L, accepted.get("family"));
        assertEquals(80L, client.call("getpeername", "fd", a).get("port"));
        assertEquals(0x802L, client.call("fcntl", "fd", b, "cmd", "F_GETFL").get("ret"));
        assertEquals(1, client.ok("fcntl", "fd", b, "cmd", "F_GETFD"));
        client.fails("EAGAIN", "recvmsg", "fd", b, "len", 10);
        assertEquals(5, client.ok("sendmsg", "fd", a, "text", "hello"));
        Map<String, Object> read = client.call("recvmsg", "fd", b, "len", 10, "flags", "MSG_PEEK");
        assertEquals(HELLO, read.get("data"));
        assertEquals(0L, read.get("msg_flags"));
        assertEquals(List.of(), read.get("cmsgs"));
        Map<String, Object> dropped = client.call("recvmsg", "fd", b, "len", 10, "want", "none");
        assertEquals(5L, dropped.get("ret"));
        assertNull(dropped.get("data"));
        client.ok("shutdown", "fd", a, "how", "SHUT_WR");
        assertEquals(0, client.ok("recvmsg", "fd", b, "len", 10), "the end of the stream");
        client.fails("EPIPE", "sendmsg", "fd", a, "text", "late");
        client.fails("EINVAL", "shutdown", "fd", a, "how", 3);
        client.fails("EINVAL", "accept", "fd", listener, "flags", 1);
        client.fails("EINVAL", "accept", "fd", a);
    }

    @Test
    void connectingFailsWithLinuxsErrors() {
        client.fails("ECONNREFUSED", "connect", "fd", bench.tcp(), "ip", "127.0.0.1", "port", 9);
        client.fails("ENETUNREACH", "connect", "fd", bench.tcp(), "ip", "192.0.2.1", "port", 9);
        client.fails("EADDRNOTAVAIL", "bind", "fd", bench.tcp(), "ip", "192.0.2.1", "port", 9);
        client.fails("EAFNOSUPPORT", "bind", "fd", bench.tcp(), "ip", "::1", "port", 9);
        client.fails("EBADF", "connect", "fd", 77, "ip", "127.0.0.1", "port", 9);
        client.fails("ENOTCONN", "getpeername", "fd", bench.tcp());
        client.fails("ENOTCONN", "shutdown", "fd", bench.tcp(), "how", 1);
        client.fails("EOPNOTSUPP", "listen", "fd", bench.udp(), "backlog", 1);
        client.faults("bad-field", "connect", "fd", 3, "ip", "localhost", "port", 9);
        client.faults("bad-field", "connect", "fd", 3, "ip", "127.0.0.1", "port", 65536);
        client.faults("bad-field", "connect", "fd", 3);
        client.faults("bad-field", "bind", "fd", 3, "family", 2, "ip", "::1");
    }

    @Test
    void datagramsCarryTheirSourceAndAreCut() {
        int to = bench.udp();
        client.ok("bind", "fd", to, "ip", "127.0.0.1", "port", 53);
        int from = bench.udp();
        assertEquals(4, client.ok("sendmsg", "fd", from, "ip", "127.0.0.1", "port", 53, "zeros", 4));
        Map<String, Object> got = client.call("recvmsg", "fd", to, "len", 2, "flags", "MSG_TRUNC");
        assertEquals(4L, got.get("ret"));
        assertEquals("0000", got.get("data"));
        assertEquals(0x20L, got.get("msg_flags"));
        assertEquals("127.0.0.1", got.get("ip"));
        assertEquals(client.call("getsockname", "fd", from).get("port"), got.get("port"));
        client.fails("EDESTADDRREQ", "sendmsg", "fd", from, "zeros", 4);
        client.fails("EAGAIN", "recvmsg", "fd", to, "len", 1, "flags", "MSG_DONTWAIT");
        client.fails("EAGAIN", "recvmsg", "fd", to, "len", 1, "flags", "MSG_ERRQUEUE");
    }

    @Test
    void controlMessagesThatLinuxWouldReadAreRefused() {
        int from = bench.udp();
        List<Map<String, Object>> ttl = List.of(Map.of("level", 0, "type", 2, "data", "40000000"));
        client.fails("EINVAL", "sendmsg", "fd", from, "ip", "127.0.0.1", "port", 9, "cmsgs", ttl);
        int[] pair = bench.pair(81);
        assertEquals(1, client.ok("sendmsg", "fd", pair[0], "text", "x", "cmsgs", ttl), "TCP skips those of IP");
        client.fails("EOPNOTSUPP", "sendmsg", "fd", pair[0], "text", "x", "flags", "MSG_FASTOPEN");
    }

    @Test
    void timeoutsHold() {
        int fd = bench.udp();
        client.ok("setsockopt", "fd", fd, "level", 1, "optname", "SO_RCVTIMEO", "value", Map.of("sec", 2, "usec", 5));
        Client other = bench.join("main");
        other.blocks("recvmsg", "fd", fd, "len", 1, "notify", true);
        client.ok("clock.advance", "to", 5 * Bench.SECOND);
        Map<String, Object> reply = other.receive();
        assertEquals("EAGAIN", reply.get("err"));
        assertEquals(2 * Bench.SECOND + 5_000, reply.get("t"), "when it ended, not when that was read");
    }

    @Test
    void pollTellsWhatIsReady() {
        int[] pair = bench.pair(82);
        List<List<Object>> both = List.of(List.of(pair[0], "POLLIN|POLLOUT"), List.of(pair[1], 1));
        Map<String, Object> now = client.call("poll", "fds", both, "timeout", 0);
        assertEquals(1L, now.get("ret"));
        assertEquals(List.of(4L, 0L), now.get("revents"));
        Client other = bench.join("main");
        other.blocks("poll", "fds", List.of(List.of(pair[1], 1)), "timeout", -1, "notify", true);
        client.ok("sendmsg", "fd", pair[0], "text", "x");
        assertEquals(List.of(1L), other.receive().get("revents"));
        Map<String, Object> bad = client.call("poll", "fds", List.of(List.of(99, 1), List.of(-1, 1)), "timeout", 0);
        assertEquals(List.of(32L, 0L), bad.get("revents"));
        other.blocks("poll", "fds", List.of(), "timeout", 20, "notify", true);
        client.ok("clock.advance", "by", 20_000_000);
        assertEquals(0L, other.receive().get("ret"));
        client.faults("bad-field", "poll", "fds", List.of(7), "timeout", 0);
    }

    @Test
    void epollKeepsLevelsEdgesAndSingleShots() {
        int[] pair = bench.pair(83);
        int set = client.ok("epoll_create", "flags", "EPOLL_CLOEXEC");
        List<Object> event = List.of("EPOLLIN|EPOLLET", 1L << 40);
        client.ok("epoll_ctl", "epfd", set, "operation", "EPOLL_CTL_ADD", "fd", pair[1], "event", event);
        client.fails("EEXIST", "epoll_ctl", "epfd", set, "operation", 1, "fd", pair[1], "event", event);
        Client other = bench.join("main");
        other.blocks("epoll_wait", "epfd", set, "maxevents", 4, "timeout", -1, "notify", true);
        client.ok("sendmsg", "fd", pair[0], "text", "x");
        assertEquals(List.of(List.of(1L, 1L << 40)), other.receive().get("events"));
        assertEquals(0, client.ok("epoll_wait", "epfd", set, "maxevents", 4, "timeout", 0), "the edge was told");
        List<Object> once = List.of("EPOLLIN|EPOLLONESHOT", 7);
        client.ok("epoll_ctl", "epfd", set, "operation", "EPOLL_CTL_MOD", "fd", pair[1], "event", once);
        assertEquals(1, client.ok("epoll_wait", "epfd", set, "maxevents", 4, "timeout", 0));
        assertEquals(0, client.ok("epoll_wait", "epfd", set, "maxevents", 4, "timeout", 0));
        client.ok("epoll_ctl", "epfd", set, "operation", "EPOLL_CTL_DEL", "fd", pair[1]);
        client.fails("ENOENT", "epoll_ctl", "epfd", set, "operation", 2, "fd", pair[1]);
        client.fails("EINVAL", "epoll_ctl", "epfd", set, "operation", 1, "fd", set, "event", once);
        client.fails("EINVAL", "epoll_wait", "epfd", set, "maxevents", 0, "timeout", 0);
        client.fails("EINVAL", "epoll_wait", "epfd", pair[0], "maxevents", 1, "timeout", 0);
        client.fails("EBADF", "epoll_wait", "epfd", 99, "maxevents", 1, "timeout", 0);
        client.fails("EINVAL", "epoll_create", "flags", 5);
        client.fails("ENOTSOCK", "listen", "fd", set, "backlog", 1);
        client.fails("ENOTSOCK", "accept", "fd", set);
    }

    @Test
    void aSetIsPolledAndWatchedByAnotherSet() {
        int[] pair = bench.pair(86);
        int inner = client.ok("epoll_create");
        int outer = client.ok("epoll_create");
        client.ok("epoll_ctl", "epfd", inner, "operation", 1, "fd", pair[1], "event", List.of("EPOLLIN", 1));
        client.ok("epoll_ctl", "epfd", outer, "operation", 1, "fd", inner, "event", List.of("EPOLLIN", 2));
        List<Object> asked = List.of(List.of(inner, "POLLIN"));
        assertEquals(
                List.of(0L), client.call("poll", "fds", asked, "timeout", 0).get("revents"));
        Client poller = bench.join("main");
        Client waiter = bench.join("main");
        poller.blocks("poll", "fds", asked, "timeout", -1, "notify", true);
        waiter.blocks("epoll_wait", "epfd", outer, "maxevents", 4, "timeout", -1, "notify", true);
        client.ok("sendmsg", "fd", pair[0], "text", "x");
        assertEquals(List.of(1L), poller.receive().get("revents"));
        assertEquals(List.of(List.of(1L, 2L)), waiter.receive().get("events"));
        client.ok("recvmsg", "fd", pair[1], "len", 9);
        assertEquals(0, client.ok("poll", "fds", asked, "timeout", 0));
        assertEquals(0, client.ok("epoll_wait", "epfd", outer, "maxevents", 4, "timeout", 0));
        int second = client.ok("fcntl", "fd", inner, "cmd", "F_DUPFD", "arg", 50);
        client.fails("EINVAL", "epoll_ctl", "epfd", inner, "operation", 1, "fd", second, "event", List.of(1, 2));
        client.fails("ELOOP", "epoll_ctl", "epfd", inner, "operation", 1, "fd", outer, "event", List.of(1, 2));
        client.ok("epoll_ctl", "epfd", outer, "operation", 1, "fd", second, "event", List.of("EPOLLIN", 3));
        client.ok("close", "fd", inner);
        client.ok("close", "fd", second);
        client.ok("sendmsg", "fd", pair[0], "text", "x");
        assertEquals(0, client.ok("epoll_wait", "epfd", outer, "maxevents", 4, "timeout", 0), "it is closed");
    }

    @Test
    void aSetLivesAsLongAsOneOfItsNumbers() {
        int[] pair = bench.pair(85);
        int set = client.ok("epoll_create");
        int second = client.ok("fcntl", "fd", set, "cmd", "F_DUPFD", "arg", 50);
        assertEquals(50, second);
        client.ok("epoll_ctl", "epfd", second, "operation", 1, "fd", pair[1], "event", List.of(1, 7));
        client.ok("close", "fd", set);
        client.ok("sendmsg", "fd", pair[0], "text", "x");
        Map<String, Object> told = client.call("epoll_wait", "epfd", second, "maxevents", 4, "timeout", 0);
        assertEquals(List.of(List.of(1L, 7L)), told.get("events"));
        client.ok("close", "fd", second);
        client.fails("EBADF", "epoll_wait", "epfd", second, "maxevents", 4, "timeout", 0);
    }

    @Test
    void duplicatesShareTheSocketAndItsFlags() {
        int[] pair = bench.pair(84);
        int second = client.ok("fcntl", "fd", pair[1], "cmd", "F_DUPFD", "arg", 100);
        assertEquals(100, second);
        client.ok("fcntl", "fd", second, "cmd", "F_SETFL", "arg", "O_NONBLOCK");
        assertEquals(0x802, client.ok("fcntl", "fd", pair[1], "cmd", "F_GETFL"));
        client.ok("fcntl", "fd", second, "cmd", "F_SETFD", "arg", "FD_CLOEXEC");
        assertEquals(0, client.ok("fcntl", "fd", pair[1], "cmd", "F_GETFD"), "each number has its own");
        client.ok("close", "fd", pair[1]);
        client.ok("sendmsg", "fd", pair[0], "text", "hello");
        assertEquals(HELLO, client.call("recvmsg", "fd", second, "len", 10).get("data"));
        client.fails("EINVAL", "fcntl", "fd", second, "cmd", 77);
        client.fails("EINVAL", "fcntl", "fd", second, "cmd", "F_DUPFD", "arg", -1);
        client.fails("EBADF", "fcntl", "fd", 99, "cmd", "F_GETFL");
    }

    @Test
    void ioctlsCountWhatWaits() {
        int[] pair = bench.pair(85);
        client.ok("sendmsg", "fd", pair[0], "text", "hello");
        assertEquals(
                5L, client.call("ioctl", "fd", pair[1], "request", "SIOCINQ").get("value"));
        assertEquals(
                0L,
                client.call("ioctl", "fd", pair[0], "request", "SIOCOUTQNSD").get("value"));
        assertTrue(client.call("ioctl", "fd", pair[0], "request", "SIOCOUTQ").get("value") instanceof Long);
        assertEquals(
                0L, client.call("ioctl", "fd", pair[1], "request", "SIOCATMARK").get("value"));
        client.ok("ioctl", "fd", pair[1], "request", "FIONBIO", "value", 1);
        assertEquals(0x802, client.ok("fcntl", "fd", pair[1], "cmd", "F_GETFL"));
        client.ok("ioctl", "fd", pair[1], "request", "FIONBIO", "value", false);
        assertEquals(2, client.ok("fcntl", "fd", pair[1], "cmd", "F_GETFL"));
        client.fails("ENOTTY", "ioctl", "fd", pair[1], "request", 0x1234);
        client.fails("EINVAL", "ioctl", "fd", bench.listener(86), "request", "SIOCINQ");
    }

    @Test
    void settingsCountsAndSocketsAreShown() {
        assertEquals(
                1L, client.call("sysctl.get", "name", "net.ipv4.tcp_timestamps").get("value"));
        client.ok("sysctl.set", "name", "net.ipv4.tcp_timestamps", "value", "0");
        assertEquals(
                0L, client.call("sysctl.get", "name", "net.ipv4.tcp_timestamps").get("value"));
        client.fails("EINVAL", "sysctl.set", "name", "net.ipv4.tcp_timestamps", "value", 1000);
        client.fails("EINVAL", "sysctl.set", "name", "net.ipv4.tcp_timestamps", "value", "much");
        client.fails("ENOENT", "sysctl.get", "name", "net.ipv4.no_such");
        client.fails("ENOENT", "sysctl.set", "name", "net.ipv4.no_such", "value", 1);
        assertTrue(((List<?>) client.call("sysctl.list").get("sysctls")).size() > 20);
        bench.pair(87);
        Map<?, ?> stats = (Map<?, ?>) client.call("stats").get("stats");
        assertEquals(1L, stats.get("Tcp.ActiveOpens"));
    }

    @Test
    void socketsAreListedAsBySs() {
        int listener = bench.listener(88);
        int near = client.ok("socket", "domain", "AF_INET", "type", "SOCK_STREAM", "protocol", 0);
        client.ok("connect", "fd", near, "ip", "127.0.0.1", "port", 88);
        Map<?, ?> waiting = row("LISTEN", "127.0.0.1:88");
        assertEquals(1L, waiting.get("recv_q"));
        assertEquals((long) listener, waiting.get("fd"));
        assertTrue((Long) waiting.get("send_q") > 0);
        int far = client.ok("accept", "fd", listener);
        client.ok("sendmsg", "fd", near, "text", "hello");
        Map<?, ?> reader = row("ESTAB", "127.0.0.1:88");
        assertEquals(5L, reader.get("recv_q"));
        assertEquals((long) far, reader.get("fd"));
        client.ok("recvmsg", "fd", far, "len", 9, "want", "none");
        client.ok("close", "fd", far);
        client.ok("close", "fd", near);
        Map<?, ?> remains = row("TIME-WAIT", "127.0.0.1:88");
        assertNull(remains.get("fd"));
        assertEquals("timewait", remains.get("timer"));
        assertTrue((Long) remains.get("expires") > 50_000_000_000L);
    }

    @Test
    void connectsThatGoNowhereAndOtherProtocolsAreListedToo() {
        int opening = client.ok("socket", "domain", "AF_INET", "type", "SOCK_STREAM|SOCK_NONBLOCK", "protocol", 0);
        client.ok("link.add", "name", "tun0", "mode", "ip");
        client.ok("addr.add", "prefix", "192.0.2.1/24", "dev", "tun0");
        client.fails("EINPROGRESS", "connect", "fd", opening, "ip", "192.0.2.9", "port", 80);
        client.ok("clock.advance", "by", 3_500_000_000L);
        Map<?, ?> syn = row("SYN-SENT", null);
        assertEquals("on", syn.get("timer"));
        assertEquals(3L, syn.get("retries"), "the first ones go each second");
        int datagrams = client.ok("socket", "domain", "AF_INET", "type", "SOCK_DGRAM", "protocol", 0);
        client.ok("bind", "fd", datagrams, "ip", "192.0.2.1", "port", 53);
        assertEquals((long) datagrams, row("UNCONN", "192.0.2.1:53").get("fd"));
        client.ok("socket", "domain", "AF_INET", "type", "SOCK_RAW", "protocol", 99);
        assertEquals(99L, row("UNCONN", "0.0.0.0:0").get("protocol"));
        client.ok("connect", "fd", opening, "family", "AF_UNSPEC");
        assertEquals(2, ((List<?>) client.call("sockets").get("sockets")).size());
    }

    private Map<?, ?> row(String state, @Nullable String local) {
        List<?> rows = (List<?>) client.call("sockets").get("sockets");
        for (Object o : rows) {
            Map<?, ?> row = (Map<?, ?>) o;
            if (state.equals(row.get("state")) && (local == null || local.equals(row.get("local")))) {
                return row;
            }
        }
        throw new AssertionError("no " + state + " of " + local + " in " + rows);
    }
}
